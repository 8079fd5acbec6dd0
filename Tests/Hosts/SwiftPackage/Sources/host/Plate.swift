import Foundation
import SinglePath

/// A plate, every well read at the same hours.
struct Plate {
  private var hours: [Float] = []
  private var wells: [[Float]] = []

  struct Unreadable: Error {
    let line: Substring
  }

  /// Reads "well,hours,density,…", the rows of a well one after another.
  init(path: String) throws {
    var last: Substring = ""
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    {
      let fields = line.split(separator: ",")
      guard fields.count > 2, let x = Float(fields[1]), let y = Float(fields[2]) else {
        throw Unreadable(line: line)
      }
      if fields[0] != last { wells.append([]) }
      last = fields[0]
      if wells.count == 1 { hours.append(x) }
      wells[wells.count - 1].append(y)
    }
  }

  /// Trains a four-parameter logistic curve for each well.
  func trained() throws -> PathBank {
    var bank = try PathBank(shape: .fourParameterLogistic, count: wells.count)
    bank.randomize(seed: 1)
    let x = scaled(hours)
    let y = scaled(hours.indices.flatMap { t in wells.map { $0[t] } })
    let samples = try Samples(
      inputs: .shared(x.span), targets: .perPath(y.span, frames: hours.count))
    for _ in 0..<1_000 { try bank.train(on: samples, rate: 0.1) }
    return bank
  }

  /// Divides by the largest.
  private func scaled(_ values: [Float]) -> [Float] {
    let largest = values.max() ?? 1
    return values.map { $0 / largest }
  }
}
