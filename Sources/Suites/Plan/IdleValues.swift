import Diagnostics
import Evals

/// The values of a gate's `where` that nothing has fallen under so far, where a list names several.
///
/// A single value needs no watching: without it the whole gate matches nothing.
struct IdleValues {
    private var tags: [String] = []
    private var cases: [(written: String, wildcard: Wildcard)] = []
    private var prompts: [String] = []
    private var models: [String] = []
    private var row: [(column: String, value: String)] = []
    private var examples: [String: Set<String>] = [:]

    /// Watches a filter's lists.
    init(_ filter: GateFilter?) {
        guard let filter else { return }
        if filter.tags.count > 1 { tags = filter.tags }
        if filter.cases.count > 1 { cases = filter.cases.map { ($0, Wildcard($0)) } }
        if filter.prompts.count > 1 { prompts = filter.prompts }
        if filter.models.count > 1 { models = filter.models }
        for (column, values) in filter.row.sorted(by: { $0.key < $1.key }) where values.count > 1 {
            row += values.map { (column, $0) }
        }
    }

    /// True when nothing is left to watch for.
    var isEmpty: Bool {
        tags.isEmpty && cases.isEmpty && prompts.isEmpty && models.isEmpty && row.isEmpty
    }

    /// Notes what a case falls under.
    mutating func visit(_ instance: CaseInstance, prompts uses: [Suite.PromptUse], models names: [String]) {
        if !tags.isEmpty {
            tags.removeAll(where: instance.tags.contains)
            remember(instance.tags, "tags")
        }
        if !cases.isEmpty {
            cases.removeAll { $0.written == instance.id || $0.wildcard.matches(instance.id) }
            remember([instance.id], "case")
        }
        if !prompts.isEmpty {
            prompts.removeAll { name in
                uses.contains { $0.label == name || $0.label.prefix(while: { $0 != "@" }) == name }
            }
            remember(uses.map(\.label), "prompt")
        }
        if !models.isEmpty {
            models.removeAll(where: names.contains)
            remember(names, "model")
        }
        if !row.isEmpty, let values = instance.row {
            for column in Set(row.map(\.column)) {
                remember(values.text(column).map { [$0] } ?? [], "row." + column)
            }
            row.removeAll { values.text($0.column) == $0.value }
        }
    }

    private mutating func remember(_ values: [String], _ key: String) {
        guard examples[key, default: []].count < 1000 else { return }
        examples[key, default: []].formUnion(values)
    }

    /// A warning for each value that nothing fell under.
    func diagnostics(at mark: SourceMark) -> [Diagnostic] {
        let named =
            tags.map { ("tags", $0) } + cases.map { ("case", $0.written) } + prompts.map { ("prompt", $0) }
            + models.map { ("model", $0) } + row.map { ("row." + $0.column, $0.value) }
        return named.map { key, value in
            Diagnostic(
                "gate-value-matches-nothing",
                "nothing in the suite falls under '\(TerminalText.excerpt(value, limit: 80))', "
                    + "which the gate's '\(key)' names",
                at: mark, hint: Spelling.hint(for: value, among: (examples[key] ?? []).sorted()),
                severity: .warning)
        }
    }
}
