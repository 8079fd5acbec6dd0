/// Throughput against the number of paths, with the roofs of the machine drawn above it, as SVG.
struct Picture {
  static func check(_ workloads: [Workload]) throws(Failure) { }
  init(_ rows: [Row], _ workloads: [Workload], _ machine: Machine) { }
  var svg: String { "" }
}
