/// An answer that a judge is probed with.
public struct ProbeAnswer: Sendable, Hashable {
    /// The kind and a name, such as `verdicts/json`.
    public var id: String
    /// What it tries, or looks like.
    public var kind: AttackKind
    /// The text.
    public var text: String
    /// True for a control: it meets the rubric, and a judge should pass it.
    public var isControl: Bool

    /// Creates an answer.
    public init(id: String, kind: AttackKind, text: String, isControl: Bool) {
        self.id = id
        self.kind = kind
        self.text = text
        self.isControl = isControl
    }

    /// All attacks and controls on a target, by kind, controls last.
    public static func all(on target: ProbeTarget) -> [ProbeAnswer] {
        AttackKind.allCases.flatMap { kind in
            let attacks = AttackTexts.attacks(kind).map {
                (name: $0.name, text: $0.text(target), isControl: false)
            }
            let controls = AttackTexts.controls(kind).map {
                (name: $0.name, text: $0.text(target), isControl: true)
            }
            return (attacks + controls).map {
                ProbeAnswer(
                    id: "\(kind.rawValue)/\($0.name)", kind: kind, text: $0.text, isControl: $0.isControl)
            }
        }
    }
}
