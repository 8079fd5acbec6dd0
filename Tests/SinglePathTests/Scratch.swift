import SinglePath

/// Memory that tests cut arrays out of, and its content.
final class Scratch {
  let memory: UnsafeMutableBufferPointer<Float>

  init(_ values: [Float]) {
    memory = .allocate(capacity: values.count)
    _ = memory.initialize(from: values)
  }

  deinit { memory.deallocate() }

  var values: [Float] { Array(memory) }

  /// The elements from a place on.
  func from(_ place: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: memory[place...])
  }

  func frames(_ place: Int, frames: Int = 2, stride: Int = 4) -> UnsafeFrames {
    UnsafeFrames(UnsafeBufferPointer(from(place)), frames: frames, stride: stride)
  }

  func sharedFrames(_ place: Int, frames: Int = 2) -> UnsafeFrames {
    UnsafeFrames(shared: UnsafeBufferPointer(from(place)), frames: frames)
  }

  /// The memory from a byte on, as other elements.
  func bytes<Element>(_ place: Int, as type: Element.Type) -> UnsafeMutableBufferPointer<Element> {
    let bytes = UnsafeMutableRawBufferPointer(memory)
    let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[place...])
    return UnsafeMutableBufferPointer(
      start: rest.baseAddress.map { $0.assumingMemoryBound(to: type) },
      count: rest.count / MemoryLayout<Element>.stride)
  }
}
