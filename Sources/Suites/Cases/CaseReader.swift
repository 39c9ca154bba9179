import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Reads the cases of a suite.
struct CaseReader {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The suite's file.
    let file: YAMLFile
    /// Reads assertions.
    let assertionReader: AssertionReader
    /// The suite's `defaults:`.
    let defaults: Fields?
    /// Tags of all cases.
    let tags: [String]

    /// The default assertions, read once.
    private let defaultAssertions: [AssertionTemplate]
    /// True when mistakes left some of them out.
    private let defaultsAreBroken: Bool

    /// Creates a reader; reads the default assertions.
    init(
        reader: SourceReader, file: YAMLFile, assertionReader: AssertionReader, defaults: Fields?,
        tags: [String]
    ) {
        self.reader = reader
        self.file = file
        self.assertionReader = assertionReader
        self.defaults = defaults
        self.tags = tags
        let before = reader.mistakeCount
        defaultAssertions = assertionReader.assertions(defaults?["assert"])
        defaultsAreBroken = reader.mistakeCount != before
        warnOfThreshold(defaults)
    }

    /// The case at a node; nil, with diagnostics, when nothing can be made of it.
    func template(_ node: YAMLNode) -> CaseTemplate? {
        guard node.entries != nil else { return nil }
        let before = reader.mistakeCount
        let fields = Fields(node, SuiteKeys.caseKeys)
        for key in ["turns", "tools"] where fields.has(key) {
            reader.report(
                "reserved-key", "'\(key)' is reserved for multi-turn cases", at: fields.keyMark(key),
                hint: "what was said before goes under `history:`")
        }
        let dataset = fields["dataset"].flatMap {
            DatasetSpecification.read($0, file: file, reader: reader)
        }
        return template(
            node, fields, .record(SuiteKeys.caseKeys), isDataset: fields.has("dataset"), dataset,
            mistakesBefore: before)
    }

    /// The case that rows of captured answers become; nil, with diagnostics, when nothing can be made of it.
    ///
    /// - Parameter traces: The rows; nil: they are not read in this run.
    func traces(_ node: YAMLNode, from traces: Traces?) -> CaseTemplate? {
        guard node.entries != nil else { return nil }
        let before = reader.mistakeCount
        let fields = Fields(node, SuiteKeys.traceKeys)
        if fields.lacks("response") {
            reader.report(
                "missing-key", "'traces' needs 'response'", at: node.mark,
                hint: "say where a row has the answer: response: \"{{ row.output }}\"")
        }
        var dataset = DatasetSpecification(
            path: Traces.place, format: traces?.format ?? .jsonl, mark: node.mark)
        dataset.shown = traces?.shown
        dataset.sample = traces?.share
        return template(
            node, fields, .record(SuiteKeys.traceKeys), isDataset: true, dataset, mistakesBefore: before)
    }

    private func template(
        _ node: YAMLNode, _ fields: Fields, _ shape: Shape, isDataset: Bool, _ dataset: DatasetSpecification?,
        mistakesBefore before: Int
    ) -> CaseTemplate? {
        let identity = identity(fields, isDataset)
        var template = CaseTemplate(identity: identity ?? .rowHash, mark: node.mark)
        template.dataset = dataset
        readTags(fields, isDataset, into: &template)
        readVariables(fields, isDataset, into: &template)
        template.input = value(fields["input"])
        template.context = value(fields["context"])
        template.reference = value(fields["reference"])
        template.question = value(fields["question"])
        template.history = (fields["history"]?.items ?? []).compactMap {
            MessageReader(reader: reader, file: file, isLiteral: !isDataset).message($0)
        }
        template.response = fields["response"].map { isDataset ? read($0) : .constant($0.json) }
        readExpectations(fields, node, into: &template)
        CaseScopeReader(reader: reader, today: assertionReader.today).read(fields, into: &template)
        // Without the dataset, which is reported, `row` only seems to be unknown.
        if !isDataset || dataset != nil { CaseNameCheck(reader: reader).check(template) }
        guard identity != nil, !isDataset || dataset != nil else { return nil }
        var shapes = ShapeChecker()
        shapes.check(node, shape, what: "the case")
        template.isBroken = reader.mistakeCount != before || !shapes.diagnostics.isEmpty
        return template
    }

    private func read(_ node: YAMLNode) -> ValueTemplate { .read(node, in: file, reader: reader) }

    private func value(_ node: YAMLNode?) -> ValueTemplate? { node.map { read($0) } }

    private func identity(_ fields: Fields, _ isDataset: Bool) -> CaseTemplate.Identity? {
        guard let node = fields["id"], let text = node.text else {
            if isDataset { return .rowHash }
            // An id without a value is reported as such.
            if fields.lacks("id") {
                reader.report(
                    "missing-key", "a case needs an id", at: fields.mark,
                    hint: "add `id: …`; it names the recordings and the test in reports, so keep it stable")
            }
            return nil
        }
        if isDataset {
            guard Template.hasSyntax(text) else {
                reader.report(
                    "fixed-id", "all rows would get the same id", at: node.mark,
                    hint: "use a column: id: \"{{ row.id }}\"")
                return nil
            }
            return reader.template(node, in: file).map { .template($0) }
        }
        if let complaint = Self.complaint(aboutID: text) {
            reader.report("bad-id", complaint, at: node.mark)
            return nil
        }
        return .fixed(text)
    }

    /// What is wrong with an id, in words; nil when it is right.
    static func complaint(aboutID id: String) -> String? {
        if id.isEmpty { return "the id is empty" }
        if id.unicodeScalars.count > 200 { return "the id is longer than 200 characters" }
        if TerminalText.visible(id) != id { return "the id has a control character" }
        return nil
    }

    private func readTags(_ fields: Fields, _ isDataset: Bool, into template: inout CaseTemplate) {
        let common = tags + (defaults?.texts("tags") ?? [])
        template.tags = common.map { .constant(.string($0)) }
        for node in fields["tags"]?.items ?? [] {
            guard let text = node.text else { continue }
            template.tags.append(isDataset ? read(node) : .constant(.string(text)))
        }
    }

    private func readVariables(_ fields: Fields, _ isDataset: Bool, into template: inout CaseTemplate) {
        var entries = defaults?["vars"]?.entries ?? []
        if let node = fields["vars"] {
            if let own = node.entries {
                let names = Set(own.map(\.keyText))
                entries = entries.filter { !names.contains($0.keyText) } + own
                template.ownVariables = own.map { ($0.keyText, $0.keyMark) }
            } else if node.text == CaseVariables.row, isDataset {
                template.takesWholeRow = true
            } else if node.scalar != nil {
                reader.report(
                    "wrong-type", "'vars' must be a mapping, not \(node.typeName)", at: node.mark,
                    hint: isDataset ? "or `vars: row`, which makes each column a variable" : nil)
            }
        }
        template.variables = entries.map { entry in
            if entry.value.entries?.count == 1, let path = entry.value["file"] {
                // With an unreadable file the variable is still there, so that no second mistake follows.
                return (entry.keyText, .constant(.string(fileText(path) ?? "")))
            }
            return (entry.keyText, isDataset ? read(entry.value) : .constant(entry.value.json))
        }
        for entry in entries where CaseVariables.builtIn.contains(entry.keyText) && fields.has(entry.keyText)
        {
            reader.report(
                "conflicting-keys", "'\(entry.keyText)' is both a variable and a key of the case",
                at: entry.keyMark,
                hint: "keep one of them")
        }
        if isDataset, let entry = entries.first(where: { $0.keyText == CaseVariables.row }) {
            reader.report(
                "reserved-key", "'row' is the row of the dataset", at: entry.keyMark,
                hint: "take another name")
        }
    }

    /// Warns of a threshold that every score reaches.
    private func warnOfThreshold(_ fields: Fields?) {
        guard let node = fields?["threshold"], node.double == 0 else { return }
        reader.add(
            Diagnostic(
                "vacuous-threshold", "every score reaches a threshold of 0, so the case can never fail",
                at: node.mark, hint: "write one above 0, or leave it out: then all assertions must pass",
                severity: .warning))
    }

    private func fileText(_ node: YAMLNode) -> String? {
        guard let written = node.text, let path = reader.resolve(written, from: file.path, at: node.mark)
        else {
            return nil
        }
        return reader.text(path, named: node.mark)
    }

    private func readExpectations(_ fields: Fields, _ node: YAMLNode, into template: inout CaseTemplate) {
        let withDefaults = fields["assert_defaults"]?.bool ?? true
        let before = reader.mistakeCount
        let own = assertionReader.assertions(fields["assert"])
        let ownIsBroken = reader.mistakeCount != before
        template.assertions = (withDefaults ? defaultAssertions : []) + own
        warnOfThreshold(fields)
        template.threshold =
            fields["threshold"]?.double ?? (withDefaults ? defaults?["threshold"]?.double : nil)
        // Assertions with mistakes are left out above; the case then only seems to have none.
        let isListed = fields["assert"].map { $0.items != nil } ?? !fields.has("assert")
        guard !ownIsBroken, isListed, !(withDefaults && defaultsAreBroken) else { return }
        if !template.assertions.contains(where: { $0.base.weight > 0 }) {
            reader.report(
                "no-assertion", "the case has no assertion that decides, so it would always pass",
                at: node.mark,
                hint: "add one with a weight above 0 under `assert:`")
        }
    }
}
