import Evals
import JSON

/// An assertion that asks a judge about an answer by itself, as a person reads it who judges in the judge's place.
struct ReviewCriteria {
    /// What was stated.
    let specification: AssertionSpecification
    /// What its type means.
    private let summary: String

    /// The assertions of a case that ask judges, those inside of sets included.
    ///
    /// Those that compare answers with each other are left out: a person who is shown one answer can't do that.
    static func all(in assertions: [CompiledAssertion], catalog: AssertionCatalog) -> [ReviewCriteria] {
        assertions.flatMap { all(in: $0.specification, catalog: catalog) }
    }

    private static func all(
        in specification: AssertionSpecification, catalog: AssertionCatalog
    ) -> [ReviewCriteria] {
        let inner = specification.inner.flatMap { all(in: $0, catalog: catalog) }
        guard let descriptor = catalog.resolve(specification.type)?.descriptor,
            descriptor.family != .comparison,
            descriptor.needs?(specification).contains(where: { $0.role == .judge }) == true
        else { return inner }
        return [ReviewCriteria(specification: specification, summary: descriptor.summary)] + inner
    }

    /// The name by which a command chooses it.
    var name: String { specification.metric ?? specification.writtenType }

    /// Whether a name on the command line means it.
    func isMeant(by name: String) -> Bool {
        [specification.metric, specification.writtenType, specification.type].contains(name)
    }

    /// Whether the same words on the command line mean both.
    func isAlike(_ other: ReviewCriteria) -> Bool {
        name == other.name && specification.writtenType == other.specification.writtenType
    }

    /// The variables that its value uses; none where it is the same for all cases.
    func variables(of planned: PlannedCase) -> JSONObject {
        guard let unrendered = specification.unrendered, unrendered != specification.value else { return [:] }
        return planned.variables
    }

    /// The criteria as a labeler reads them.
    var text: String {
        var parts = [Self.text(of: specification.value) ?? summary]
        if let scale = specification.options["scale"] {
            parts.append("Scale: \(scale.string ?? JSONWriter.spaced.text(of: scale))")
        }
        if let threshold = specification.threshold {
            let limit = JSONWriter.compact.text(of: .double(threshold))
            parts.append("Passes from a score of \(limit) on (0 is the worst, 1 is the best).")
        }
        if specification.isNegated { parts.insert("Passes when this does NOT hold:", at: 0) }
        return parts.joined(separator: "\n\n")
    }

    private static func text(of value: JSONValue?) -> String? {
        switch value {
        case nil, .null?: nil
        case .string(let text)?: text
        case .array(let items)? where items.allSatisfy({ $0.string != nil }):
            items.compactMap(\.string).map { "- \($0)" }.joined(separator: "\n")
        case let value?: JSONWriter.pretty.text(of: value)
        }
    }
}
