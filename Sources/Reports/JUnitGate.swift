import Evals

extension JUnitCase {
    /// The class name of the test cases that stand for gates.
    static let gateClassName = "evalrun.gates"

    /// The case of a gate under a name that its caller keeps unique.
    init(_ result: GateResult, name: String) {
        let text = GateText(result)
        self.init(className: Self.gateClassName, name: name, mark: result.gate.mark)
        let message = "\(text.condition): \(text.value): \(text.reason)"
        verdict = Self.verdict(result, message)
        if case .passed = verdict {} else { body = "\(message)\n at \(result.gate.mark)" }
        let candidates: [(String, String?)] = [
            ("suite", result.suite), ("prompt", result.prompt), ("model", result.model),
            ("metric", result.gate.metric.description), ("value", result.value.map(Figures.exact)),
            ("n", "\(result.count)"), ("verdict", result.verdict.rawValue),
        ]
        properties = candidates.compactMap { name, value in value.map { (name: name, value: $0) } }
    }

    /// The name of a gate without its value, so that it stays the same between runs.
    static func gateName(_ result: GateResult) -> String {
        let text = GateText(result)
        let level = result.gate.level == .warn ? " (warn)" : ""
        return "\(result.suite): \(text.condition) \(text.scope)\(level)"
    }

    private static func verdict(_ result: GateResult, _ message: String) -> Verdict {
        switch result.verdict {
        case .passed: return .passed
        case .notEvaluated: return .skipped(message: "not evaluated: \(message)")
        case .failed where result.decides: return .failure(type: "evalrun.gate", message: message)
        case .unevaluated where result.decides, .inconclusive where result.decides:
            return .error(type: "evalrun.gate-\(result.verdict.rawValue)", message: message)
        case .failed, .unevaluated, .inconclusive:
            let why = result.isAdvisory ? "advisory model" : "warning"
            return .skipped(
                message: "\(why), does not fail the build: \(result.verdict.rawValue): \(message)")
        }
    }
}
