import CSinglePath
import SinglePathChecks
import SinglePathShims

@c @implementation
public func sp_fit(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafeMutablePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ verdicts: UnsafeMutablePointer<UInt8>!,
  _ rows: UnsafeMutablePointer<Float>!, _ rowStride: Int, _ fitting: UnsafePointer<sp_fitting>!,
  _ options: UnsafePointer<sp_options>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_FIT, shape, paths: count, frames: frames)
    call.set(parameters: parameters, stride: parameterStride)
    call.set(inputs: inputs, stride: inputStride, step: inputStep)
    call.set(targets: targets, stride: targetStride)
    call.verdicts = verdicts
    call.outputs = rows
    call.output_stride = rowStride
    if let fitting { try call.set(fitting.pointee) }
    call.setSamples(options)
    call.setUpdates(options)
    _ = try call.run(options: options, fitting: fitting)
  }
}

extension sp_call {
  /// How a fit goes about it.
  fileprivate mutating func set(_ fitting: sp_fitting) throws(Refusal) {
    let reserved = fitting.reserved
    guard reserved.0 | reserved.1 | reserved.2 | reserved.3 | reserved.4 == 0 else {
      throw .reserved("the settings of a fit")
    }
    guard 0...1 ~= fitting.start else { throw .flag("the start of a fit", Int(fitting.start)) }
    guard 0...1 ~= fitting.standard_errors else {
      throw .flag("the flag of standard errors", Int(fitting.standard_errors))
    }
    fit_start = UInt8(fitting.start)
    wants_errors = UInt8(fitting.standard_errors)
    max_passes = fitting.max_passes
  }
}
