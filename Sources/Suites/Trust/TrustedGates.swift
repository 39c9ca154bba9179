import Diagnostics
import Evals

/// The gates of a suite as a trusted commit has them, and where the work tree says something else.
struct TrustedGates {
    /// The gates that count, at their place in the work tree where they are still there.
    private(set) var gates: [GateSpecification] = []
    /// Where the work tree says something else.
    private(set) var differences: [TrustDifference] = []

    /// Compares the gates, implied ones included.
    init(base: [GateSpecification], work: [GateSpecification], suite: SourceMark, label: String) {
        var left = work
        var missing: [GateSpecification] = []
        for gate in base {
            guard let index = left.firstIndex(where: { Self.areEqual($0, gate) }) else {
                missing.append(gate)
                gates.append(gate)
                continue
            }
            gates.append(left.remove(at: index))
        }
        for gate in missing {
            let index = left.firstIndex {
                $0.metric == gate.metric && $0.filter == gate.filter && !$0.isImplied
            }
            if let index {
                let new = left.remove(at: index)
                differences.append(
                    TrustDifference(
                        new.mark, "gates: from \(label) \(Self.text(gate)), not \(Self.text(new)) (ignored)"))
            } else {
                differences.append(
                    TrustDifference(
                        gate.isImplied ? suite : gate.mark,
                        "gates: from \(label) \(Self.text(gate)), although it is gone here (ignored)"))
            }
        }
        for gate in left where !gate.isImplied {
            differences.append(
                TrustDifference(gate.mark, "gates: not in \(label), \(Self.text(gate)) here (ignored)"))
        }
    }

    private static func areEqual(_ left: GateSpecification, _ right: GateSpecification) -> Bool {
        var copy = left
        copy.mark = right.mark
        return copy == right
    }

    /// A gate in a few words.
    static func text(_ gate: GateSpecification) -> String {
        var text = "\(gate.metric)"
        if let min = gate.min { text += " min \(number(min))" }
        if let max = gate.max { text += " max \(number(max))" }
        if let filter = gate.filter { text += " where \(SettingText.shown(filter.json))" }
        if gate.over == .suite { text += " over suite" }
        if gate.level == .warn { text += " (a warning)" }
        return gate.isImplied ? text + " (implied)" : text
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
