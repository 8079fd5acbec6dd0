/// A value for each parameter of a path, in registers if its place is known when the code is compiled.
///
/// `InlineArray` would do the same, but leaves a guard of the stack behind, with a call that the kernel
/// must not make.
struct ParameterValues<Value> {
  var values:
    (
      Value, Value, Value, Value, Value, Value, Value, Value,
      Value, Value, Value, Value, Value, Value, Value, Value
    )

  @inline(__always)
  init(repeating value: Value) {
    values = (
      value, value, value, value, value, value, value, value,
      value, value, value, value, value, value, value, value
    )
  }

  /// That of plane p, as `Planes` counts them.
  @inline(__always)
  subscript(p: Int) -> Value {
    get {
      switch p {
      case 0: values.0
      case 1: values.1
      case 2: values.2
      case 3: values.3
      case 4: values.4
      case 5: values.5
      case 6: values.6
      case 7: values.7
      case 8: values.8
      case 9: values.9
      case 10: values.10
      case 11: values.11
      case 12: values.12
      case 13: values.13
      case 14: values.14
      default: values.15
      }
    }
    set {
      switch p {
      case 0: values.0 = newValue
      case 1: values.1 = newValue
      case 2: values.2 = newValue
      case 3: values.3 = newValue
      case 4: values.4 = newValue
      case 5: values.5 = newValue
      case 6: values.6 = newValue
      case 7: values.7 = newValue
      case 8: values.8 = newValue
      case 9: values.9 = newValue
      case 10: values.10 = newValue
      case 11: values.11 = newValue
      case 12: values.12 = newValue
      case 13: values.13 = newValue
      case 14: values.14 = newValue
      default: values.15 = newValue
      }
    }
  }
}

/// Does something for each parameter. Written out: in a loop the places would not be known.
@inline(__always)
func forEachParameter(_ count: Int, _ body: (_ p: Int) -> Void) {
  if count > 0 { body(0) }
  if count > 1 { body(1) }
  if count > 2 { body(2) }
  if count > 3 { body(3) }
  if count > 4 { body(4) }
  if count > 5 { body(5) }
  if count > 6 { body(6) }
  if count > 7 { body(7) }
  if count > 8 { body(8) }
  if count > 9 { body(9) }
  if count > 10 { body(10) }
  if count > 11 { body(11) }
  if count > 12 { body(12) }
  if count > 13 { body(13) }
  if count > 14 { body(14) }
  if count > 15 { body(15) }
}
