import SinglePathShims

/// The samples of a vector of paths in the workspace: all of them if they fit, else panel after panel of
/// consecutive frames, read again for each pass. The values are the same.
///
/// A sample is x and y, and with weights its weight, for a vector of paths each. A missing one has an x of
/// 0, and a y of NaN or, with weights and once standardised, a y of 0 and a weight of 0.
struct SamplePanels<Code: InstructionSetTarget, L: Lanes> {
  let call: UnsafePointer<sp_call>
  let block: Block<L>
  let copies: UnsafeMutablePointer<TailCopies<L>>
  let base: UnsafeMutablePointer<Float>
  let end: UnsafeMutablePointer<Float>
  let lengths: UnsafePointer<UInt32>?
  /// Elements from sample to sample.
  let stride: Int

  @inline(__always)
  init<Model: FitModel>(
    _ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Model>, _ block: Block<L>
  ) where Model.L == L {
    self.call = call
    self.block = block
    let copies = address(of: &workspace.head.pointee.tail)
    self.copies = copies
    base = workspace.samples
    end = workspace.end
    lengths = call.pointee.lengths.map {
      block.values($0, scratch: address(of: &copies.pointee.lengths).elements(UInt32.self))
    }
    stride = Self.vectorsOfSample(call) &* L.width
  }

  @inline(__always)
  static func vectorsOfSample(_ call: UnsafePointer<sp_call>) -> Int {
    call.pointee.weights == nil ? 2 : 3
  }

  @inline(__always)
  var isWeighted: Bool { call.pointee.weights != nil }
  @inline(__always)
  var frames: Int { Int(call.pointee.frames) }
  /// How many samples fit.
  @inline(__always)
  var capacity: Int { (end - base) / stride }
  @inline(__always)
  var isResident: Bool { frames <= capacity }

  /// Passes on panel after panel, standardised: where it lies and how many samples it has.
  @inline(__always)
  func forEach(
    _ scale: UnsafePointer<SampleStandardization<L>>,
    _ body: (_ panel: UnsafeMutablePointer<Float>, _ count: Int, _ isFirst: Bool) -> Void
  ) {
    var first = 0
    while first < frames {
      let count = min(capacity, frames &- first)
      if !isResident {
        load(first, count)
        standardize(count, scale.pointee)
      }
      body(base, count, first == 0)
      first &+= count
    }
  }

  /// Passes on panel after panel as the host has it, missing samples marked.
  @inline(__always)
  func forEachRaw(_ body: (UnsafeMutablePointer<Float>, Int) -> Void) {
    var first = 0
    while first < frames {
      let count = min(capacity, frames &- first)
      load(first, count)
      body(base, count)
      first &+= count
    }
  }

  /// The samples of a panel for one vector of the machine.
  @inline(__always)
  func part(
    _ part: Int, _ panel: UnsafeMutablePointer<Float>, _ count: Int
  ) -> PanelPart<Code.Single> {
    PanelPart(
      first: panel + part &* Code.Single.width, stride: stride, width: L.width, count: count)
  }

  /// A sample of a panel: a missing one has a weight of 0, and once standardised a y of 0.
  @inline(__always)
  func sample(_ t: Int, of panel: UnsafeMutablePointer<Float>) -> (x: L, y: L, weight: L) {
    let place = panel + t &* stride
    let y = L.load(place + L.width)
    if isWeighted { return (L.load(place), y, L.load(place + 2 &* L.width)) }
    let present = y .== y
    return (L.load(place), present.keep(y), present.keep(L(repeating: 1)))
  }

  @inline(__always)
  func isPresent(_ t: Int, of panel: UnsafeMutablePointer<Float>) -> Mask<L> {
    let y = L.load(panel + t &* stride + L.width)
    return y .== y
  }

  /// Reads a panel from the host.
  @inline(never)
  func load(_ first: Int, _ count: Int) {
    let call = call.pointee
    let inputs = address(of: &copies.pointee.inputs).floats
    let targets = address(of: &copies.pointee.targets).floats
    let weightCopies = address(of: &copies.pointee.weights).floats
    var place = base
    for t in first..<(first &+ count) {
      let x: L = block.row(
        call.inputs + t &* call.input_stride, step: call.input_step, scratch: inputs
      ).load(0)
      var y: L = block.row(call.targets + t &* call.target_stride, scratch: targets).load(0)
      if let lengths { y = y.whereWithin(lengths, UInt32(clamping: t)) }
      if let weights = call.weights {
        let weight: L = block.row(
          weights + t &* call.weight_stride, step: call.weight_step, scratch: weightCopies
        ).load(0)
        y = y.wherePositive(weight, otherwise: L(repeating: .nan))
        (y .== y).keep(weight).store(place + 2 &* L.width)
      }
      (y .== y).keep(x).store(place)
      y.store(place + L.width)
      place += stride
    }
  }

  /// Centres and scales a panel's samples in their place.
  @inline(__always)
  func standardize(_ count: Int, _ scale: SampleStandardization<L>) {
    var place = base
    for _ in 0..<count {
      let (x, y) = scale.standardized(L.load(place), L.load(place + L.width))
      x.store(place)
      (isWeighted ? (y .== y).keep(y) : y).store(place + L.width)
      place += stride
    }
  }
}

/// The samples of a panel for one vector of the machine, as `SamplePanels` lays them.
struct PanelPart<L: Lanes> {
  let first: UnsafeMutablePointer<Float>
  /// Elements from sample to sample, and from x to y to weight.
  let stride: Int
  let width: Int
  let count: Int

  @inline(__always)
  func x(_ t: Int) -> L { L.load(first + t &* stride) }
  @inline(__always)
  func y(_ t: Int) -> L { L.load(first + t &* stride + width) }
  @inline(__always)
  func weight(_ t: Int) -> L { L.load(first + t &* stride + 2 &* width) }
}
