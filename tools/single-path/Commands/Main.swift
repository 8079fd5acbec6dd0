import CommandLineSupport

/// The command `single-path`.
@main
struct Main {
  static let version = "1.0.0"

  static func main() { Program.run("single-path", run) }

  private static func run(_ words: [String]) throws {
    guard let command = words.first else {
      throw Failure.usage("no command; give \(commands)")
    }
    let rest = Array(words.dropFirst())
    switch command {
    case "fit": try runFit(rest)
    case "predict": try runPredict(rest)
    case "explain": try runExplain(rest)
    case "depth-study": try runDepthStudy(rest)
    case "--help", "-h", "help", "--version":
      if let word = rest.first {
        throw Failure.usage("unexpected argument '\(word)' after \(command)")
      }
      try StandardOutput.print(command == "--version" ? "single-path \(version)" : generalHelp)
    default:
      throw Failure.usage(
        "unknown command '\(command)'; give \(commands)")
    }
  }
}

private let commands = "'fit', 'predict', 'explain' or 'depth-study', or see 'single-path --help'"

private let generalHelp = """
  Trains many small single-path networks at once, one for each curve.

  usage: single-path fit [FILE.csv] [options]    find a curve for each series of a file
         single-path predict CURVES.json POINTS.csv [options]
                                                 apply curves, or their inverse, to points
         single-path explain [options]           one training step, equation by equation
         single-path depth-study [options]       how gradients shrink with depth
         single-path --help | --version

  A command with --help lists its options.
  """
