public import JSON

/// Which executions a gate counts; all conditions must hold, and each holds when any of its values fits.
public struct GateFilter: Sendable, Hashable {
    /// Tags, any of which the case must have; empty: no condition.
    public var tags: [String]
    /// Case ids, `*` and `?` standing for any text and any character.
    public var cases: [String]
    /// Prompt references or names.
    public var prompts: [String]
    /// Model names.
    public var models: [String]
    /// Values by column of the dataset's row.
    public var row: [String: [String]]

    /// Creates a filter.
    public init(
        tags: [String] = [], cases: [String] = [], prompts: [String] = [], models: [String] = [],
        row: [String: [String]] = [:]
    ) {
        self.tags = tags
        self.cases = cases
        self.prompts = prompts
        self.models = models
        self.row = row
    }

    /// Whether an execution counts.
    public func matches(_ execution: Execution) -> Bool {
        if !tags.isEmpty, !tags.contains(where: execution.tags.contains) { return false }
        if !cases.isEmpty,
            !cases.contains(where: { $0 == execution.caseID || Wildcard($0).matches(execution.caseID) })
        {
            return false
        }
        if !prompts.isEmpty, !prompts.contains(where: { Self.names($0, execution.prompt) }) { return false }
        if !models.isEmpty, !models.contains(execution.model) { return false }
        return row.allSatisfy { column, values in execution.row[column].map(values.contains) ?? false }
    }

    /// The filter as it was written, for results.
    public var json: JSONValue {
        var members: JSONObject = [:]
        func add(_ key: String, _ values: [String]) {
            guard let first = values.first else { return }
            members[key] = values.count == 1 ? .string(first) : .array(values.map { .string($0) })
        }
        add("tags", tags)
        add("case", cases)
        add("prompt", prompts)
        add("model", models)
        for column in row.keys.sorted() { add("row." + column, row[column] ?? []) }
        return .object(members)
    }

    private static func names(_ written: String, _ reference: String) -> Bool {
        reference == written || reference.prefix(while: { $0 != "@" }) == written
    }
}
