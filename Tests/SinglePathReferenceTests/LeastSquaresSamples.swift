import Foundation
import SeededRandom
import SinglePathReference

/// Samples of a path at these inputs, with normal errors.
func samples(
  of path: ReferencePath, at inputs: [Double], noise: Double, using generator: inout SplitMix64
) -> [Sample] {
  inputs.map { Sample(x: $0, y: path.predict($0) + noise * normal(using: &generator)) }
}

/// A number of the standard normal distribution, by Box and Muller.
func normal(using generator: inout SplitMix64) -> Double {
  let (u, v) = (
    Double.random(in: 0..<1, using: &generator), Double.random(in: 0..<1, using: &generator)
  )
  return (-2 * log(1 - u)).squareRoot() * cos(2 * .pi * v)
}

/// `count` numbers from one end to the other.
func evenly(_ count: Int, from first: Double, to last: Double) -> [Double] {
  (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
}

/// The decimal digits that two numbers have in common.
func digits(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 17 : -log10(abs(value - expected) / abs(expected))
}

/// The rows of a file of tools/data whose first column has this value.
func rows(of file: String, _ key: String) throws -> [[String]] {
  let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("tools/data/" + file)
  return try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    .filter { $0[0] == key }
}
