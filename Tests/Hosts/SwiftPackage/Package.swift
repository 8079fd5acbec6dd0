// swift-tools-version: 6.3

import Foundation
import PackageDescription

// A host's own package. Here it takes SinglePath from the folder around it, or from the repository that
// SINGLE_PATH_REPOSITORY names at the tag 1.0.0; a host writes down one of the two.
let singlePath: Package.Dependency =
  if let repository = ProcessInfo.processInfo.environment["SINGLE_PATH_REPOSITORY"] {
    .package(url: repository, exact: "1.0.0")
  } else {
    .package(name: "SinglePath", path: "../../..")
  }

let package = Package(
  name: "host",
  dependencies: [singlePath],
  targets: [
    .executableTarget(
      name: "host", dependencies: [.product(name: "SinglePath", package: "SinglePath")])
  ]
)
