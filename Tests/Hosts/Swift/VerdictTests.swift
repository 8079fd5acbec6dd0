import CSinglePath
import SinglePath
import Testing

@Suite("Verdicts of both faces")
struct VerdictTests {
  @Test("Have the codes of the header")
  func codes() {
    let codes: [(Verdict, Int)] = [
      (.untouched, SP_VERDICT_UNTOUCHED), (.trained, SP_VERDICT_TRAINED),
      (.diverged, SP_VERDICT_DIVERGED), (.converged, SP_VERDICT_CONVERGED),
      (.stalled, SP_VERDICT_STALLED), (.nonFiniteInput, SP_VERDICT_NOT_FINITE_INPUT),
      (.dead, SP_VERDICT_DEAD), (.saturated, SP_VERDICT_SATURATED),
      (.tooFewSamples, SP_VERDICT_TOO_FEW_SAMPLES), (.limit, SP_VERDICT_LIMIT),
      (.undetermined, SP_VERDICT_UNDETERMINED), (.flat, SP_VERDICT_FLAT),
    ]
    for (verdict, code) in codes { #expect(Int(verdict.rawValue) == code, "\(verdict)") }
    #expect(codes.map(\.0) == Verdict.allCases)
    #expect(codes.count == SP_VERDICT_COUNT)
  }
}
