import JSON

/// Why a value fits none of the branches of `anyOf` or `oneOf`.
struct AlternativesReport {
    /// A branch and what is wrong with the value.
    struct Branch {
        /// Its number in the list, from 0.
        let index: Int
        /// Its place.
        let pointer: JSONPointer
        /// What it is called.
        let label: BranchLabel
        /// What is wrong.
        let violations: [SchemaViolation]
        /// How far the value is from fitting.
        let distance: BranchDistance
    }

    /// The branches, the nearest first, those that are equally near in the order written.
    let branches: [Branch]
    /// The value.
    let instance: JSONValue

    /// The most violations of the nearest branch, and the most characters of them, that the sentence quotes.
    private static let most = (violations: 3, characters: 600)

    /// Ranks the branches.
    init(_ branches: [Branch], of instance: JSONValue) {
        self.branches = branches.sorted {
            $0.distance == $1.distance ? $0.index < $1.index : $0.distance < $1.distance
        }
        self.instance = instance
    }

    /// The violations of all branches, the nearest branch's first.
    var causes: [SchemaViolation] { branches.flatMap(\.violations) }

    /// How far the value is from the nearest branch.
    var distance: BranchDistance? { branches.first?.distance }

    /// A sentence that names the nearest branch and what is wrong there.
    func sentence(at place: JSONPointer) -> String {
        if let wanted = wantedKinds(at: place) {
            return "expected \(ValueSummary.alternatives(wanted)), found \(ValueSummary.text(instance))"
        }
        guard let nearest = branches.first else { return "there is no alternative" }
        let name = nearest.label.name.map { "\(ValueSummary.quoted($0)) (#\(nearest.pointer))" }
        let shown = name ?? "#\(nearest.pointer)"
        let start = "\(ValueSummary.text(instance)) fits "
        if branches.count == 1 { return start + "not the only alternative, \(shown)\(reasons(nearest))" }
        return start
            + "none of the \(branches.count) alternatives; the nearest is \(shown)\(reasons(nearest))"
    }

    private func reasons(_ branch: Branch) -> String {
        guard !branch.violations.isEmpty else { return "" }
        let shown = branch.violations.prefix(Self.most.violations).map(\.message).joined(separator: " and ")
        let more = branch.violations.count - Self.most.violations
        return ": " + ValueSummary.cut(shown, to: Self.most.characters)
            + (more > 0 ? " and \(more) more" : "")
    }

    /// Where each branch itself says that the value is of the wrong type or none of its fixed values: all that the
    /// branches want, in the order written; else nil.
    private func wantedKinds(at place: JSONPointer) -> [String]? {
        var wanted: [String] = []
        for branch in branches.sorted(by: { $0.index < $1.index }) {
            func says(_ keyword: String) -> Bool {
                let schema = branch.pointer.appending(keyword)
                return branch.violations.contains {
                    $0.schemaLocation == schema && $0.instanceLocation == place
                }
            }
            if let values = branch.label.values, says("const") || says("enum") {
                wanted += values
            } else if says("type") {
                wanted += branch.label.types
            } else {
                return nil
            }
        }
        var seen: Set<String> = []
        return wanted.filter { seen.insert($0).inserted }
    }
}
