// swift-tools-version: 6.3

import PackageDescription

// MARK: - Settings

/// Every module: the language of 6, warnings are errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// The inner kernel is optimised in debug builds too: unoptimised vector code is useless, and tests
/// should run what hosts run.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

/// The Swift face: unsafe code is marked, and what borrows memory cannot outlive it.
let face: [SwiftSetting] =
  strict + [.strictMemorySafety(), .enableExperimentalFeature("Lifetimes")]

/// The folder of the kernel, compiled for one instruction set. Callers stay baseline. A define chooses the
/// lanes and the entry. Debug builds compile it as a whole module too.
func kernel(_ define: String? = nil, march: String? = nil) -> [SwiftSetting] {
  var flags = ["-O", "-wmo", "-num-threads", "1"]
  #if arch(x86_64)
    if let march { flags += ["-Xcc", "-march=\(march)"] }
  #endif
  return strict + [.unsafeFlags(flags)] + (define.map { [.define($0)] } ?? [])
}

/// The page of `fit --html`, joined by the command line.
let reportPage: [Resource] = ["report.html", "report.css", "data.js", "plot.js", "page.js"].map {
  .embedInCode("Report/\($0)")
}

let package = Package(
  name: "SinglePath",
  products: [
    .library(name: "SinglePath", targets: ["SinglePath"]),
    .library(name: "SinglePathReference", targets: ["SinglePathReference"]),
    .executable(name: "single-path", targets: ["single-path"]),
    .executable(name: "sigmoid-tables", targets: ["sigmoid-tables"]),
    .executable(name: "benchmarks", targets: ["benchmarks"]),
  ],
  targets: [
    // MARK: - The codes and structs that every face shares, and the header for C hosts
    .target(name: "CSinglePath"),

    // MARK: - The inner kernel
    .target(name: "SinglePathShims", dependencies: ["CSinglePath"]),
    .target(name: "SinglePathKernel", dependencies: ["SinglePathShims"], swiftSettings: kernel()),
    // Links to the folder of SinglePathKernel.
    .target(
      name: "SinglePathKernelAVX2", dependencies: ["SinglePathShims"],
      swiftSettings: kernel("KERNEL_AVX2", march: "x86-64-v3")),
    .target(
      name: "SinglePathKernelAVX512", dependencies: ["SinglePathShims"],
      swiftSettings: kernel("KERNEL_AVX512", march: "x86-64-v4")),

    // MARK: - The rules of a call, for both faces
    .target(name: "SinglePathChecks", dependencies: ["SinglePathShims"], swiftSettings: strict),

    // MARK: - The face for Swift hosts
    .target(
      name: "SinglePath",
      dependencies: [
        "SinglePathChecks", "SinglePathShims", "SinglePathKernel", "SinglePathKernelAVX2",
        "SinglePathKernelAVX512",
      ],
      swiftSettings: face),

    // MARK: - The face for C hosts; tools/build-library.sh builds it without the Swift runtime
    .target(
      name: "SinglePathC",
      dependencies: [
        "CSinglePath", "SinglePathChecks", "SinglePathShims", "SinglePathKernel",
        "SinglePathKernelAVX2", "SinglePathKernelAVX512",
      ],
      swiftSettings: strict),

    // MARK: - The reference, which stands apart
    .target(name: "SinglePathReference", swiftSettings: strict),

    // MARK: - Tools
    .target(
      name: "CommandLineSupport", path: "tools/CommandLineSupport", swiftSettings: strict),
    .executableTarget(
      name: "single-path",
      dependencies: ["CommandLineSupport", "SinglePath", "SinglePathReference"],
      path: "tools/single-path",
      resources: [.embedInCode("plate_growth.csv")] + reportPage,
      swiftSettings: strict),
    // Optimised in debug builds too: it measures tables on millions of floats.
    .executableTarget(
      name: "sigmoid-tables", dependencies: ["CommandLineSupport"],
      path: "tools/sigmoid-tables", exclude: ["generated"],
      swiftSettings: optimised),
    .target(name: "MachineProbes", path: "Benchmarks/MachineProbes"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CommandLineSupport", "CSinglePath", "SinglePath", "SinglePathC", "SinglePathKernel",
        "SinglePathReference", "MachineProbes",
      ],
      path: "Benchmarks", exclude: ["MachineProbes", "results"], swiftSettings: strict),

    // MARK: - Tests
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strict),
    .target(
      name: "WideKernel", dependencies: ["SinglePathShims"],
      path: "Tests/WideKernel", swiftSettings: kernel("KERNEL_WIDE", march: "x86-64-v3")),
    .executableTarget(
      name: "instruction-count", dependencies: ["SinglePath"], path: "Tests/InstructionCount",
      exclude: ["counts.txt"], swiftSettings: strict),
    .testTarget(
      name: "SinglePathReferenceTests", dependencies: ["SeededRandom", "SinglePathReference"],
      swiftSettings: strict),
    .testTarget(
      name: "SinglePathTests",
      dependencies: [
        "MachineProbes", "SinglePath", "SinglePathKernel", "SinglePathReference",
        "SinglePathShims", "SeededRandom", "TestSupport", "WideKernel",
      ],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(
      name: "SigmoidTablesTests", dependencies: ["sigmoid-tables"], swiftSettings: optimised),
    .testTarget(
      name: "BenchmarkTests", dependencies: ["benchmarks", "CommandLineSupport", "MachineProbes"],
      swiftSettings: strict),
    .testTarget(
      name: "SinglePathCTests",
      dependencies: ["CSinglePath", "SeededRandom", "SinglePath", "SinglePathC", "TestSupport"],
      path: "Tests/Hosts/Swift", swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "CommandLineSupport", "SeededRandom", "single-path", "SinglePath", "SinglePathReference",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// A sanitizer is for the library's tests; tools and benchmarks take as long to compile as these.
if Context.environment["SINGLE_PATH_LIBRARY_ONLY"] != nil {
  let others: Set = [
    "single-path", "sigmoid-tables", "benchmarks", "instruction-count", "CommandLineSupport",
    "CommandLineTests", "SigmoidTablesTests", "BenchmarkTests", "SinglePathReferenceTests",
  ]
  package.targets.removeAll { others.contains($0.name) }
  package.products.removeAll { others.contains($0.name) }
}
