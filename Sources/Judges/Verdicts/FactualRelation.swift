/// How the facts of an answer relate to those of a reference, with the letters and scores that are usual for it.
enum FactualRelation: String, Sendable, Hashable, CaseIterable {
    /// The answer says a part of the reference, and nothing against it.
    case subset = "A"
    /// The answer says all of the reference and more, and nothing against it.
    case superset = "B"
    /// Both say the same.
    case same = "C"
    /// The answer says something against the reference.
    case disagreement = "D"
    /// They differ in what does not matter.
    case immaterial = "E"

    /// The score where the assertion states no other.
    var standardScore: Double {
        switch self {
        case .subset: 0.4
        case .superset: 0.6
        case .same, .immaterial: 1
        case .disagreement: 0
        }
    }

    /// The relation in a few words, for reports.
    var meaning: String {
        switch self {
        case .subset: "the answer says a part of the reference"
        case .superset: "the answer says all of the reference and more"
        case .same: "the answer says the same as the reference"
        case .disagreement: "the answer disagrees with the reference"
        case .immaterial: "the answer differs in what does not matter"
        }
    }
}
