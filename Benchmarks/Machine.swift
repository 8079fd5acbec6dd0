import Dispatch
import Foundation
import MachineProbes
import SinglePath

/// What this machine can do at most, measured in the same run as the kernel.
struct Machine: Codable {
  /// Rates of vectors of one width, on one core.
  struct Width: Codable {
    let lanes: Int
    /// Vectors a second, each one fused multiply-add a lane.
    let fmaPerSecond: Double
    let divisionsPerSecond: Double
  }

  /// How fast a level of memory is for one or more threads together.
  struct Bandwidth: Codable {
    let threads: Int
    let readBytesPerSecond: Double
    /// Bytes read and written back, each counted once.
    let updateBytesPerSecond: Double
  }

  struct Level: Codable {
    let name: String
    /// nil for the memory behind the caches.
    let bytes: Int?
    let bandwidths: [Bandwidth]
  }

  let model: String
  let cores: Int
  let clockHertz: Double
  let instructionSets: [String]
  let widths: [Width]
  let levels: [Level]

  static func measure() -> Machine {
    let caches = Caches.ofThisMachine
    return Machine(
      model: cpuModel, cores: ProcessInfo.processInfo.activeProcessorCount,
      clockHertz: peak(Int(MP_ADDITIONS_PER_ROUND)) { _ = mp_clock($0) },
      instructionSets: InstructionSet.available.map(\.rawValue),
      widths: Probe.ofThisMachine.map(\.width),
      levels: caches.map { $0.measured })
  }

  /// The rates of vectors of so many lanes; a scalar counts as the narrowest.
  func width(lanes: Int) -> Width {
    widths.first { $0.lanes >= lanes } ?? widths[0]
  }

  /// The name, and the numbers that tell generations of one name apart.
  private static var cpuModel: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    func value(_ key: String) -> String? {
      lines.first { $0.count == 2 && $0[0] == key }?[1]
    }
    guard let name = value("model name") else { return "unknown processor" }
    guard let family = value("cpu family"), let model = value("model") else { return name }
    return "\(name) (family \(family), model \(model))"
  }
}

/// The highest rate of several short runs: whatever disturbs a run can only lower it.
private func peak(_ operationsPerRound: Int, _ run: (Int) -> Void) -> Double {
  var rounds = 1
  while secondsTaken(by: { run(rounds) }) < 0.002 { rounds *= 2 }
  let taken = (0..<25).map { _ in secondsTaken { run(rounds) } }
  return Double(rounds) * Double(operationsPerRound) / (taken.min() ?? .infinity)
}

/// The probes of one vector width.
private struct Probe {
  let lanes: Int
  let fma: @convention(c) (Int) -> Float
  let divide: @convention(c) (Int) -> Float
  let read: @Sendable (UnsafeMutablePointer<Float>, Int) -> Void
  let update: @Sendable (UnsafeMutablePointer<Float>, Int) -> Void

  static var ofThisMachine: [Probe] {
    let hasFMA = InstructionSet.avx2.isAvailable || InstructionSet.neon.isAvailable
    var probes = [
      Probe(
        lanes: 4, fma: hasFMA ? mp_fma_4 : mp_multiply_4, divide: mp_divide_4,
        read: { _ = mp_read_4($0, $1) }, update: { mp_update_4($0, $1) })
    ]
    if InstructionSet.avx2.isAvailable {
      probes.append(
        Probe(
          lanes: 8, fma: mp_fma_8, divide: mp_divide_8,
          read: { _ = mp_read_8($0, $1) }, update: { mp_update_8($0, $1) }))
    }
    if InstructionSet.avx512.isAvailable {
      probes.append(
        Probe(
          lanes: 16, fma: mp_fma_16, divide: mp_divide_16,
          read: { _ = mp_read_16($0, $1) }, update: { mp_update_16($0, $1) }))
    }
    return probes
  }

  var width: Machine.Width {
    Machine.Width(
      lanes: lanes, fmaPerSecond: peak(Int(MP_OPERATIONS_PER_ROUND)) { _ = fma($0) },
      divisionsPerSecond: peak(Int(MP_OPERATIONS_PER_ROUND)) { _ = divide($0) })
  }
}

/// The caches of the first core, and the memory behind them.
private struct Caches {
  let name: String
  let bytes: Int?
  /// What the probes walk through, all threads together if the level is shared.
  private let probeBytes: Int
  private let isShared: Bool

  static var ofThisMachine: [Caches] {
    var caches: [Caches] = []
    for index in 0..<8 {
      guard let level = file(index, "level").flatMap({ Int($0) }),
        let kilobytes = file(index, "size").flatMap({ Int($0.filter(\.isNumber)) }),
        file(index, "type") != "Instruction"
      else { continue }
      caches.append(
        Caches(
          name: "L\(level)", bytes: kilobytes << 10, probeBytes: kilobytes << 9,
          isShared: level > 2))
    }
    let largest = caches.compactMap(\.bytes).max() ?? 32 << 20
    let memory = Caches(name: "memory", bytes: nil, probeBytes: 4 * largest, isShared: true)
    return caches + [memory]
  }

  private static func file(_ index: Int, _ name: String) -> String? {
    let path = "/sys/devices/system/cpu/cpu0/cache/index\(index)/\(name)"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  var measured: Machine.Level {
    Machine.Level(name: name, bytes: bytes, bandwidths: [1, 2].map(bandwidth))
  }

  private func bandwidth(threads: Int) -> Machine.Bandwidth {
    let count = probeBytes / (isShared ? threads : 1) / 512 * 128
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 4 * count * threads, alignment: 64)
    defer { memory.deallocate() }
    nonisolated(unsafe) let floats = memory.bindMemory(to: Float.self)
    floats.update(repeating: 0)
    let probe = Probe.ofThisMachine[Probe.ofThisMachine.count - 1]

    func rate(_ walk: @escaping @Sendable (UnsafeMutablePointer<Float>, Int) -> Void) -> Double {
      guard let base = floats.baseAddress else { return 0 }
      nonisolated(unsafe) let first = base
      return peak(4 * count * threads) { walks in
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          for _ in 0..<walks { walk(first + thread * count, count) }
        }
      }
    }
    return Machine.Bandwidth(
      threads: threads, readBytesPerSecond: rate(probe.read),
      updateBytesPerSecond: rate(probe.update))
  }
}
