import CSinglePath
import SinglePathChecks
import SinglePathShims

// The calls of single_path.h that look at paths instead of training them.

@c @implementation
public func sp_examine(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ rows: UnsafeMutablePointer<Float>!,
  _ rowStride: Int, _ gradients: Int32, _ options: UnsafePointer<sp_options>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_EXAMINE, shape, paths: count, frames: frames)
    call.set(parameters: parameters, stride: parameterStride)
    call.set(inputs: inputs, stride: inputStride, step: inputStep)
    call.set(targets: targets, stride: targetStride)
    call.outputs = rows
    call.output_stride = rowStride
    guard 0...1 ~= gradients else { throw .flag("the flag of gradients", Int(gradients)) }
    call.wants_gradient = UInt8(gradients)
    call.setSamples(options)
    _ = try call.run(options: options)
  }
}

@c @implementation
public func sp_review(
  _ shape: sp_shape, _ count: Int, _ examined: UnsafePointer<Float>!, _ examinedStride: Int,
  _ rules: UnsafePointer<sp_rules>!, _ bestCosts: UnsafeMutablePointer<Float>!,
  _ marks: UnsafeMutablePointer<Float>!, _ ages: UnsafeMutablePointer<UInt32>!,
  _ verdicts: UnsafeMutablePointer<UInt8>!, _ rates: UnsafeMutablePointer<Float>!,
  _ parameters: UnsafeMutablePointer<Float>!, _ parameterStride: Int,
  _ bestParameters: UnsafeMutablePointer<Float>!, _ bestStride: Int
) -> sp_status {
  status { () throws(Refusal) in
    let call = try sp_call(SP_EXAMINE, shape, paths: count, frames: 0)
    guard let rules else { throw .missing("the rules") }
    var review = sp_review_call()
    review.count = count
    review.hidden = call.hidden
    review.examined = examined
    review.examined_stride = examinedStride
    review.rules = rules.pointee
    review.best_costs = bestCosts
    review.reference_costs = marks
    review.ages = ages
    review.verdicts = verdicts
    review.rates = rates
    review.parameter_count = call.parameterCount
    review.parameters = parameters
    review.parameter_stride = parameterStride
    review.best_parameters = bestParameters
    review.best_stride = bestStride
    try review.check(rules: rules)
    review.run()
  }
}

@c @implementation
public func sp_count_verdicts(
  _ verdicts: UnsafePointer<UInt8>!, _ count: Int, _ counts: UnsafeMutablePointer<Int>!
) -> sp_status {
  status { () throws(Refusal) in
    if count < 0 { throw .size("the number of paths", count, least: 0) }
    try checkApart(
      written: "the counts", counts, count: Int(SP_VERDICT_COUNT), read: "the verdicts", verdicts,
      count: count)
    for verdict in 0..<Int(SP_VERDICT_COUNT) { counts[verdict] = 0 }
    for path in 0..<count where verdicts[path] < SP_VERDICT_COUNT {
      counts[Int(verdicts[path])] &+= 1
    }
  }
}

@c @implementation
public func sp_list_paths(
  _ verdicts: UnsafePointer<UInt8>!, _ count: Int, _ verdict: UInt8,
  _ paths: UnsafeMutablePointer<Int>!, _ capacity: Int, _ found: UnsafeMutablePointer<Int>!
) -> sp_status {
  status { () throws(Refusal) in
    if count < 0 { throw .size("the number of paths", count, least: 0) }
    if capacity < 0 { throw .size("the capacity", capacity, least: 0) }
    try checkApart(
      written: "the paths", paths, count: capacity, read: "the verdicts", verdicts, count: count)
    try checkApart(
      written: "the number found", found, count: 1, read: "the verdicts", verdicts, count: count)
    try checkApart(
      written: "the number found", found, count: 1, read: "the paths", paths, count: capacity)
    var number = 0
    for path in 0..<count where verdicts[path] == verdict {
      if number < capacity { paths[number] = path }
      number &+= 1
    }
    found.pointee = number
  }
}
