import Foundation
import Testing

@testable import single_path

private let commands = "'fit', 'predict', 'explain' or 'depth-study', or see 'single-path --help'"

@Suite("The executable")
struct EndToEndTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Without a file it learns the plate, wherever it is called")
  func plate() throws {
    let run = try Run(
      ["fit", "--method", "descent", "--epochs", "50", "--starts", "2"], folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 98)
    #expect(lines[1].hasPrefix("A1 ") && lines[96].hasPrefix("H12 "))
    #expect(lines[97].hasPrefix("96 paths, 4992 samples, plate_growth.csv (well, hours, od)"))
    #expect(lines[97].contains("path-steps/s") && lines[97].hasSuffix("1 thread"))
  }

  @Test("Three files are written whole, and nothing beside them")
  func outputs() throws {
    let run = try Run(
      [
        "fit", dataFile("chickweight.csv"), "--series", "chick", "--x", "time", "--y", "weight",
        "--depth=2", "--out", "o.csv", "--svg", "o.svg", "--json", "o.json", "--no-bias",
      ],
      folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(try folder.names() == ["o.csv", "o.json", "o.svg"])
    #expect(try text(of: folder.file("o.csv")).split(separator: "\n").count == 51)
    #expect(try text(of: folder.file("o.svg")).hasSuffix("</svg>\n"))
    let json = try JSONSerialization.jsonObject(with: Data(text(of: folder.file("o.json")).utf8))
    let paths = try #require((json as? [String: Any])?["paths"] as? [[String: Any]])
    #expect(paths.count == 50)
    #expect(paths.allSatisfy { ($0["biases"] as? [Any])?.isEmpty ?? false })
  }

  @Test(
    "A wrong command line ends with 2 and one line",
    arguments: [
      ([], "no command; give \(commands)"),
      (["train"], "unknown command 'train'; give \(commands)"),
      (
        ["fit", "--dept", "3"],
        "unknown option '--dept'; 'single-path fit --help' lists what there is"
      ),
      (
        ["fit", "--help", "--wibble"],
        "unknown option '--wibble'; 'single-path fit --help' lists what there is"
      ),
      (["--version", "extra"], "unexpected argument 'extra' after --version"),
      (["help", "fit"], "unexpected argument 'fit' after help"),
      (["fit", "--freeze", "w1,w1=2"], "--freeze has 'w1' twice; give each parameter once"),
      (["fit", ""], "the name of the file is empty; name a CSV file"),
      (["fit", "--depth"], "--depth needs a value: --depth L"),
      (["fit", "--depth", "9"], "--depth is '9'; give a whole number from 1 to 8"),
      (["fit", "--sigmoid", "step"], "--sigmoid is 'step'; give 'polynomial' or 'table'"),
      (["fit", "--depth", "two"], "--depth is 'two'; give a whole number from 1 to 8"),
      (
        ["fit", "--method", "descent", "--epochs", "0"],
        "--epochs is '0'; give a whole number from 1 to 1000000000"
      ),
      (["fit", "--threads", "0"], "--threads is '0'; give a whole number from 1 to 1024"),
      (
        ["fit", "--method", "descent", "--starts", "-1"],
        "--starts is '-1'; give a whole number from 1 to 10000"
      ),
      (
        ["fit", "--method", "descent", "--seed", "x"],
        "--seed is 'x'; give a whole number from 0 to 18446744073709551615"
      ),
      (
        ["fit", "--method", "descent", "--rate", "inf"],
        "--rate has 'inf' where a finite number belongs"
      ),
      (
        ["fit", "--separator", "5"],
        "--separator is '5'; give comma, semicolon, tab, or one character that is no part of a number"
      ),
      (["fit", "--decimal", "dot"], "--decimal is 'dot'; give 'point' or 'comma'"),
      (["fit", "--zero", "limit"], "--zero goes with --log-x"),
      (
        ["fit", "--wide", "--y", "od"], "--y does not go with --wide, where each column is a series"
      ),
      (
        ["fit", "--method", "descent", "--rate", "0"], "--rate is '0'; give a finite number above 0"
      ),
      (["fit", "--out", "a", "--json", "a"], "--json a is the file of --out too; name another"),
      (["explain"], "--weights is missing; give 1 to 8 numbers, such as --weights 0.5,-1,2"),
      (["explain", "--weights", "1,x"], "--weights has 'x' where a finite number belongs"),
      (
        ["explain", "--weights", "1,2,3,4,5,6,7,8,9"], "--weights has 9 numbers; a path has 1 to 8"
      ),
      (
        ["explain", "--weights", "1,2", "--biases", "1"],
        "--biases has 1 number, but --weights has 2; give as many"
      ),
      (["explain", "--weights", "1", "--y", "1"], "--x is missing; give the input"),
      (["explain", "--weights", "1", "--x", "1"], "--y is missing; give the target"),
      (
        ["explain", "--weights", "1", "--x", "1", "--y", "1", "--output", "relu"],
        "--output is 'relu'; give 'identity' or 'sigmoid' or 'softmax' or 'tanh' or 'softplus'"
      ),
      (
        ["explain", "--weights", "1", "--x", "1", "--y", "1", "--hidden", "step"],
        "--hidden is 'step'; give 'sigmoid' or 'tanh' or 'relu' or 'leaky-relu' or 'softplus' or "
          + "'identity'"
      ),
      (
        ["explain", "--weights", "1", "--x", "1", "--y", "1", "--cost", "huber:0"],
        "--cost is 'huber:0'; give squared-error, cross-entropy, huber or huber:κ, with κ above 0"
      ),
      (
        ["explain", "--weights", "1", "--x", "1", "--y", "1.5", "--cost", "cross-entropy"],
        "--y is 1.5; cross-entropy needs a target from 0 to 1"
      ),
      (
        ["depth-study", "--epochs", "many"],
        "--epochs is 'many'; give a whole number from 0 to 100000"
      ),
      (
        ["depth-study", "--seed", "-1"],
        "--seed is '-1'; give a whole number from 0 to 18446744073709551615"
      ),
      (["depth-study", "--svg"], "--svg needs a value: --svg FILE.svg"),
      (
        ["depth-study", "f.csv"],
        "unexpected argument 'f.csv'; 'single-path depth-study --help' lists what there is"
      ),
    ])
  func usage(words: [String], message: String) throws {
    let run = try Run(words, folder: folder)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors == "single-path: \(message)\n")
    #expect(try folder.names() == [])
  }

  @Test("Data or files that cannot be used end with 1 and one line")
  func data() throws {
    _ = try folder.write("s,x,y\nA,0,1\nA,2,two\n", to: "f.csv")
    _ = try folder.write("A,0,1\nA,1,2\n\"4,5\",1,2\n5,2,3\n", to: "headless.csv")
    for (words, message) in [
      (
        ["fit", "f.csv", "--separator", "semicolon"],
        "f.csv needs three columns, separated by semicolons: series, x and y; it has 's,x,y'"
      ),
      (["fit", "no.csv"], "no.csv: there is no such file"),
      (["fit", "."], ". is a folder; name a CSV file"),
      (["fit", "f.csv"], "f.csv, row 3, column 'y': 'two', but a finite number belongs there"),
      (["fit", "f.csv", "--x", "t"], "f.csv has no column 't' (--x); it has 's', 'x', 'y'"),
      (
        ["fit", "f.csv", "--log-x", "--zero", "refuse"],
        "f.csv, row 2, column 'x': 0.0 has no logarithm; --log-x needs every x above 0"
      ),
      (
        ["fit", "headless.csv"],
        "headless.csv: its first row has '0' where the name of a column belongs; put a header above the data"
      ),
      (
        ["fit", "headless.csv", "--wide", "--skip", "2"],
        "headless.csv: its first row has '4,5' where the name of a column belongs; put a header above the "
          + "data"
      ),
      (["fit", "--svg", "."], "--svg . is a folder; name a file"),
      (["depth-study", "--svg", "."], "--svg . is a folder; name a file"),
      (["fit", "--json", "no/f"], "--json no/f cannot be written: No such file or directory"),
    ] {
      let run = try Run(words, folder: folder)
      #expect(run.status == 1)
      #expect(run.output.isEmpty)
      #expect(run.errors == "single-path: \(message)\n")
      #expect(try folder.names() == ["f.csv", "headless.csv"])
    }
  }

  @Test(
    "Data come through a pipe too",
    arguments: [("/dev/stdin", "/dev/stdin"), ("-", "standard input")])
  func pipe(path: String, name: String) throws {
    let input = Pipe()
    try input.fileHandleForWriting.write(contentsOf: Data("s,x,y\nA,0,1\nA,2,2\n".utf8))
    try input.fileHandleForWriting.close()
    let run = try Run(["fit", path, "--method", "descent", "--epochs", "1"], input: input)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("1 path, 2 samples, \(name) (s, x, y)"))
  }

  @Test("What is unusual about a file is told, and a series that cannot be fitted hurts no other")
  func told() throws {
    let data =
      "sep=;\r\nSerie;Dosis;OD;\r\nA;0;0,1;\r\nA;1;NA;\r\nA;2;0,5;\r\nA;9;0,7;\r\n"
      + "B;1;1;\r\n;;;\r\n"
    _ = try folder.write(data, to: "f.csv")
    let fit = [
      "fit", "f.csv", "--method", "descent", "--epochs", "20", "--starts", "2", "--log-x",
      "--reproducible",
    ]
    let run = try Run(
      fit + ["--json", "a.json", "--svg", "a.svg", "--out", "a.csv"], folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    for part in [
      "1 missing cell, f.csv (Serie, Dosis, OD), separated by semicolons, decimal commas, ",
      "1 sample at x = 0 put one range below the least other x", "too few samples: one point",
    ] { #expect(run.output.contains(part), "\(part)") }
    let json = try JSONSerialization.jsonObject(with: Data(text(of: folder.file("a.json")).utf8))
    let document = try #require(json as? [String: Any])
    let paths = try #require(document["paths"] as? [[String: Any]])
    #expect(paths.map { $0["missing"] as? Int } == [1, 0])
    #expect(paths.map { $0["verdict"] as? String }.last == "tooFewSamples")
    #expect(paths.last?["reasons"] as? [String] == ["one point"])
    #expect(document["missing"] as? Int == 1 && document["trainingSeconds"] == nil)
    #expect(try text(of: folder.file("a.csv")).contains("\nB,1,,,,,,,too few samples\n"))
    // Another run gives the same bytes, and B is nobody's neighbour.
    let alone = try Run(fit + ["--only", "A", "--json", "b.json"], folder: folder)
    #expect(
      alone.output.split(separator: "\n")[1].split(separator: " ").dropFirst(2).prefix(6)
        == run.output.split(separator: "\n")[1].split(separator: " ").dropFirst(2).prefix(6))
    #expect(try Run(fit + ["--json", "c.json"], folder: folder).output == run.output)
    #expect(try text(of: folder.file("c.json")) == text(of: folder.file("a.json")))
  }

  @Test("The log loss stands beside the error of a cross-entropy")
  func logLoss() throws {
    _ = try folder.write("s,x,y\nA,0,0\nA,1,0\nA,2,1\nA,3,0\nA,4,1\n", to: "f.csv")
    let entropy = [
      "fit", "f.csv", "--depth", "1", "--output", "sigmoid", "--cost", "cross-entropy", "--out",
      "o.csv",
    ]
    let run = try Run(entropy, folder: folder)
    #expect(run.status == 0 && run.output.contains("log loss"))
    let lines = try fields(Array(text(of: folder.file("o.csv")).utf8))
    let column = try #require(lines[0].firstIndex(of: "logLoss"))
    // The least that a line through these five can have, by Newton's method.
    let loss = try #require(Double(lines[1][column]))
    #expect(abs(loss - 0.4844) < 0.00005)
  }

  @Test("Output that cannot be printed is a failure", .enabled(if: access("/dev/full", W_OK) == 0))
  func fullOutput() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let run = try Run(["explain", "--weights", "1", "--x", "1", "--y", "1"], printingTo: full)
    #expect(run.status == 1)
    #expect(
      run.errors == "single-path: standard output cannot be written: No space left on device\n")
  }

  @Test("The data are never written over, by whichever name")
  func overwriting() throws {
    let data = "s,x,y\nA,0,1\nA,2,2\n"
    _ = try folder.write(data, to: "f.csv")
    let run = try Run(["fit", "f.csv", "--out", "./f.csv"], folder: folder)
    #expect(run.status == 2)
    #expect(run.errors == "single-path: --out ./f.csv is the file of the data too; name another\n")
    #expect(try text(of: folder.file("f.csv")) == data)
  }

  @Test("A message stays one line, whatever the data hold")
  func oneLine() throws {
    _ = try folder.write("s,x,y\nA,0,1\nA,2,\"t\nw\u{1B}o\"\n", to: "f.csv")
    let run = try Run(["fit", "f.csv"], folder: folder)
    #expect(
      run.errors
        == "single-path: f.csv, row 3, column 'y': 't w o', but a finite number belongs there\n")
  }

  @Test(
    "Help and version are answered on stdout",
    arguments: [
      (["--help"], "usage: single-path fit"), (["fit", "--help"], "--log-x"),
      (["fit", "f.csv", "-h"], "--log-x"),
      (["explain", "--help"], "--weights w1,w2,…"), (["explain", "--help"], "softmax"),
      (["depth-study", "--help"], "--epochs N"), (["--version"], "single-path 1"),
    ])
  func help(words: [String], part: String) throws {
    let run = try Run(words)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains(part))
  }

  @Test("A step is explained")
  func explain() throws {
    let step = ["explain", "--weights", "-1,-1,1", "--x", "0.5", "--y", "0.75", "--rate", "1"]
    let run = try Run(step)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("δ⁽²⁾ = δ⁽³⁾ θ⁽²⁾ σ′(z⁽²⁾)"))
    let other = try Run(
      step + ["--hidden", "leaky-relu", "--output", "softmax", "--cost", "cross-entropy"])
    #expect(other.status == 0 && other.errors.isEmpty)
    #expect(other.output.contains("σ: leaky-relu. Output g: softmax. Cost J: cross-entropy."))
    let huber = try Run(step + ["--cost", "huber:0.25"])
    #expect(huber.output.contains("Cost J: Huber with κ = 0.25."))
  }

  @Test("A depth study is printed and drawn, the same for the same seed")
  func depthStudy() throws {
    let study = ["depth-study", "--epochs", "1", "--seed", "7"]
    let run = try Run(study + ["--svg", "d.svg"], folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("series A1, 13 samples"))
    #expect(run.output.contains("after training for 1 epoch\n"))
    #expect(try folder.names() == ["d.svg"])
    #expect(try text(of: folder.file("d.svg")).hasSuffix("</svg>\n"))
    #expect(try Run(study).output == run.output)
    #expect(try Run(["depth-study", "--epochs", "1", "--seed", "8"]).output != run.output)
  }
}
