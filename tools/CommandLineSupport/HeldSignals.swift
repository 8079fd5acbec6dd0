import Foundation

/// While it lives, signals that would end the program wait: none can leave half a file behind.
///
/// They are delivered when it goes. Those of a failed write are not: the write returns an error, which
/// says more. Into a pipe or a device only these wait: a reader may never come, and the user must be able to
/// end the program.
struct HeldSignals: ~Copyable {
  private static let ofUser = [SIGINT, SIGTERM, SIGHUP]
  private static let ofWrites = [SIGPIPE, SIGXFSZ]
  private var previous = sigset_t()

  /// - Parameter holdsUser: whether the signals with which a user ends a program wait too.
  init(holdsUser: Bool = true) {
    var held = Self.set((holdsUser ? Self.ofUser : []) + Self.ofWrites)
    pthread_sigmask(SIG_BLOCK, &held, &previous)
  }

  deinit {
    var pending = sigset_t()
    sigpending(&pending)
    for signal in Self.ofWrites
    where sigismember(&pending, signal) == 1 && isNew(signal) {
      var one = Self.set([signal])
      var taken: Int32 = 0
      sigwait(&one, &taken)
    }
    var previous = previous
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  /// Whether a signal was not held already by somebody else, whose it then is.
  private func isNew(_ signal: Int32) -> Bool {
    var previous = previous
    return sigismember(&previous, signal) == 0
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
