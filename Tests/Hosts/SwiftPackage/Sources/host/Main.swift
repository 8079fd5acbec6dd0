import SinglePath

// A host in Swift, a package of its own. Prints a digest of the results.
//
//   host            repeats the run that DigestTests.swift describes
//   host PLATE.csv  trains a path on each well's growth curve
@main
struct Host {
  static func main() throws {
    var digest = Digest()
    if let path = CommandLine.arguments.dropFirst().first {
      try digest.add(Plate(path: path).trained())
    } else {
      var run = Run()
      for depth in PathShape.depths {
        for biases in [false, true] {
          try run.addResults(of: PathShape(depth: depth, biases: biases), to: &digest)
        }
      }
    }
    let digits = String(digest.value, radix: 16)
    print("0x\(String(repeating: "0", count: 16 - digits.count))\(digits)", Kernel().instructionSet)
  }
}

extension Digest {
  /// Adds every parameter, plane by plane.
  mutating func add(_ bank: borrowing PathBank) {
    for value in bank.copyParameters() { add(value) }
  }
}
