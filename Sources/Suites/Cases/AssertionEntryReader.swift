import Diagnostics
import Evals
import JSON
import YAML

/// Finds type, value and options of one assertion in its bare, short or long spelling.
struct AssertionEntryReader {
    /// What was found.
    struct Entry {
        /// What is known of the type.
        var descriptor: AssertionDescriptor
        /// Everything but value and inner assertions.
        var base: AssertionSpecification
        /// The value; nil when there is none.
        var value: YAMLNode?
        /// True for `TYPE: VALUE`.
        var isShort: Bool
    }

    private typealias Resolved = (descriptor: AssertionDescriptor, isNegated: Bool)

    /// Collects mistakes.
    let reader: SourceReader
    /// The types that are known.
    let catalog: AssertionCatalog
    /// Today, as `YYYY-MM-DD`.
    let today: String

    private static let options = SuiteKeys.assertionOptions

    /// The assertion at a node; nil, with diagnostics, when it is none.
    func entry(_ node: YAMLNode) -> Entry? {
        if node.isNull { return nil }
        if let name = node.text { return bare(name, node) }
        guard let entries = node.entries else {
            reader.report(
                "wrong-type", "an assertion must be a mapping or a bare name, not \(node.typeName)",
                at: node.mark)
            return nil
        }
        let fields = Fields(node, Self.options)
        if let type = fields["type"], let written = type.text {
            guard let found = resolve(written, at: type.mark) else { return nil }
            return long(found, written, node, fields)
        }
        return short(node, entries, fields)
    }

    private func resolve(_ written: String, at mark: SourceMark) -> Resolved? {
        if let found = catalog.resolve(written) { return found }
        let isNegated = written.hasPrefix("not-")
        let near = Spelling.nearest(
            to: isNegated ? String(written.dropFirst(4)) : written, among: catalog.names)
        reader.report(
            "unknown-assertion", "unknown assertion '\(written)'", at: mark,
            hint: near.map { "did you mean '\(isNegated ? "not-" : "")\($0)'?" }
                ?? "`evalrun schema suite` lists all assertions")
        return nil
    }

    private func bare(_ name: String, _ node: YAMLNode) -> Entry? {
        guard let found = resolve(name, at: node.mark) else { return nil }
        guard found.descriptor.valueNeed != .required, !found.descriptor.holdsAssertions,
            !found.descriptor.shortValueIsThreshold
        else {
            reader.report(
                "missing-value", "'\(name)' needs a value", at: node.mark, hint: "write `\(name): …`")
            return nil
        }
        return Entry(
            descriptor: found.descriptor, base: base(found, name, node.mark, nil), value: nil, isShort: false)
    }

    private func short(_ node: YAMLNode, _ entries: [YAMLEntry], _ fields: Fields) -> Entry? {
        let named = entries.filter { catalog.resolve($0.keyText) != nil }
        if named.count > 1 {
            let names = named.map { "'\($0.keyText)'" }.joined(separator: " and ")
            reader.report(
                "two-assertions", "\(names) stand in one entry", at: named[1].keyMark,
                hint: "begin a new list item with `- \(named[1].keyText): …`")
            return nil
        }
        guard let entry = named.first, let found = catalog.resolve(entry.keyText) else {
            guard let unknown = entries.first(where: { Self.options.key($0.keyText) == nil }) ?? entries.first
            else {
                reader.report("missing-key", "an assertion needs a type", at: node.mark)
                return nil
            }
            _ = resolve(unknown.keyText, at: unknown.keyMark)
            return nil
        }
        for key in ["value", "assert"] where fields.has(key) {
            reader.report(
                "unknown-key", "'\(key)' belongs to the long spelling with 'type'", at: fields.keyMark(key))
        }
        if entry.value.isNull {
            var hint = "write a bare `- \(entry.keyText)` where no value is needed"
            if found.descriptor.valueNeed == .required { hint = "write `\(entry.keyText): …`" }
            if let comment = entry.value.scalar?.hiddenComment {
                hint = "' #' begins a comment; to mean the text, write `\(entry.keyText): \"\(comment)\"`"
            }
            reader.report(
                "missing-value", "'\(entry.keyText)' has no value", at: entry.value.mark, hint: hint,
                fix: entry.value.scalar?.commentFix(at: entry.value.mark))
            return nil
        }
        if found.descriptor.valueNeed == .none, !found.descriptor.shortValueIsThreshold {
            reader.report(
                "unexpected-value", "'\(entry.keyText)' takes no value", at: entry.value.mark,
                hint: "write a bare `- \(entry.keyText)`, or `type: \(entry.keyText)` with options beside it")
            return nil
        }
        readOptions(node, fields, found.descriptor, written: entry.keyText)
        var base = base(found, entry.keyText, entry.keyMark, fields)
        base.valueMark = entry.value.mark
        base.options = ownOptions(node, found.descriptor)
        return Entry(descriptor: found.descriptor, base: base, value: entry.value, isShort: true)
    }

    private func long(_ found: Resolved, _ written: String, _ node: YAMLNode, _ fields: Fields) -> Entry? {
        let wanted = found.descriptor.holdsAssertions ? "assert" : "value"
        let key = found.descriptor.holdsAssertions && fields.has("value") ? "value" : wanted
        if fields.has(key), fields[key] == nil {
            reader.report("missing-value", "'\(key)' has no value", at: fields.keyMark(key))
            return nil
        }
        if fields[key] == nil, found.descriptor.valueNeed == .required || found.descriptor.holdsAssertions {
            reader.report(
                "missing-value", "'\(written)' needs '\(wanted)'", at: node.mark,
                hint: "add `\(wanted): …` beside the type")
            return nil
        }
        if key == "value", fields.has("assert") {
            reader.report("unknown-key", "'assert' belongs to assert-set", at: fields.keyMark("assert"))
        }
        readOptions(node, fields, found.descriptor, written: written)
        var base = base(found, written, node.mark, fields)
        base.valueMark = fields[key]?.mark ?? node.mark
        base.options = ownOptions(node, found.descriptor)
        return Entry(descriptor: found.descriptor, base: base, value: fields[key], isShort: false)
    }

    private func base(
        _ found: Resolved, _ written: String, _ mark: SourceMark, _ fields: Fields?
    ) -> AssertionSpecification {
        AssertionSpecification(
            type: found.descriptor.name, writtenType: written, isNegated: found.isNegated,
            threshold: fields?["threshold"]?.double, weight: fields?["weight"]?.double ?? 1,
            metric: fields?.text("metric"), select: fields?.text("select"),
            xpath: fields?.text("xpath"), transform: transform(fields?["transform"]),
            quarantine: fields?["quarantine"].flatMap {
                QuarantineReader(reader: reader, today: today).quarantine($0)
            }, mark: mark)
    }

    /// The steps of `transform`; what is no step is reported where the options are checked.
    private func transform(_ node: YAMLNode?) -> [TransformStep] {
        guard let node else { return [] }
        return node.many.compactMap { item in
            if let name = item.text { return TransformStep.Name(rawValue: name).map { .named($0) } }
            guard let entries = item.entries else { return nil }
            guard entries.count == 1, let entry = entries.first else {
                reader.report(
                    "two-steps", "a step of 'transform' has one key, not \(entries.count)", at: item.mark,
                    hint: "begin a new list item for each step: [{regex-extract: …}, {select: …}]")
                return nil
            }
            guard let argument = entry.value.text else { return nil }
            switch entry.keyText {
            case "regex-extract": return .regexExtract(argument)
            case "select": return .select(argument)
            case "xpath": return .xpath(argument)
            default: return nil
            }
        }
    }

    private func ownOptions(_ node: YAMLNode, _ descriptor: AssertionDescriptor) -> JSONObject {
        let names = descriptor.options.map(\.name)
        return JSONObject(
            (node.entries ?? []).filter { names.contains($0.keyText) }.map { ($0.keyText, $0.value.json) })
    }

    private func readOptions(
        _ node: YAMLNode, _ fields: Fields, _ descriptor: AssertionDescriptor, written: String
    ) {
        let known = descriptor.options.map(\.name)
        for entry in node.entries ?? [] where entry.keyText != written && !known.contains(entry.keyText) {
            if let key = Self.options.key(entry.keyText) {
                if key.name != "value", key.name != "assert" {
                    reader.check(entry.value, key.shape, what: "'\(entry.keyText)'")
                }
            } else {
                reader.report(
                    "unknown-key", "unknown option '\(entry.keyText)' of '\(written)'", at: entry.keyMark,
                    hint: Spelling.hint(for: entry.keyText, among: Self.options.spellings + known))
            }
        }
    }
}
