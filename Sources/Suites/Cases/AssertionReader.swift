import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Reads lists of assertions in their short and long spelling, and the lists they use.
struct AssertionReader {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The types that are known.
    let catalog: AssertionCatalog
    /// Today, as `YYYY-MM-DD`, for quarantines.
    let today: String
    /// The file with the assertions.
    let file: YAMLFile
    /// The files that led here, to find cycles of `use:`.
    var using: [ProjectPath] = []

    private static let deepestSet = 20

    /// The assertions of a list.
    func assertions(_ node: YAMLNode?, depth: Int = 0) -> [AssertionTemplate] {
        var read: [AssertionTemplate] = []
        var size = 0
        for item in node?.items ?? [] {
            let more = assertions(entry: item, depth: depth)
            size += more.reduce(0) { $0 + $1.size }
            guard size <= AssertionSets.largest else {
                reader.report(
                    "too-many-assertions",
                    "with this entry the list has more than \(AssertionSets.largest) assertions",
                    at: item.mark,
                    hint: "what a list uses counts each time it is used; use each list once")
                return []
            }
            read += more
        }
        return read
    }

    /// The assertions of one entry: one, or those of the list that it uses.
    func assertions(entry node: YAMLNode, depth: Int) -> [AssertionTemplate] {
        guard depth <= Self.deepestSet else {
            reader.report("too-deep", "assertion sets nest deeper than \(Self.deepestSet)", at: node.mark)
            return []
        }
        if let use = node.entries?.first(where: { $0.keyText == "use" }) {
            for other in node.entries ?? [] where other.keyText != "use" {
                reader.report("unknown-key", "'\(other.keyText)' can't stand beside 'use'", at: other.keyMark)
            }
            return used(use.value, depth: depth)
        }
        let before = reader.mistakeCount
        let entryReader = AssertionEntryReader(reader: reader, catalog: catalog, today: today)
        guard let entry = entryReader.entry(node) else { return [] }
        if entry.value?.scalar?.isRefusedNumber == true {
            reader.noteReportedMistake()
            return []
        }
        var template = AssertionTemplate(
            descriptor: entry.descriptor, base: entry.base, value: nil, isPromptSchema: false, inner: [],
            compiled: nil)
        if let value = entry.value {
            read(value, of: entry, depth: depth, into: &template)
            if entry.descriptor.rendersValue {
                TrailingComment.warn(of: value, in: entry.base.writtenType, reader: reader)
            }
            if entry.descriptor.takesTexts {
                RespelledNumber.warn(of: value, in: entry.base.writtenType, reader: reader)
            }
        }
        // With a mistake inside, compiling would report it a second time.
        guard reader.mistakeCount == before else { return [] }
        return (template.isConstant ? compiled(template) : template).map { [$0] } ?? []
    }

    private func read(
        _ value: YAMLNode, of entry: AssertionEntryReader.Entry, depth: Int,
        into template: inout AssertionTemplate
    ) {
        let descriptor = template.descriptor
        if descriptor.holdsAssertions {
            guard value.items != nil else {
                reader.report(
                    "wrong-type", "'\(entry.base.writtenType)' holds a list of assertions", at: value.mark)
                return
            }
            template.inner = assertions(value, depth: depth + 1)
            if value.items?.isEmpty == true {
                reader.report("empty-set", "the set has no assertion", at: value.mark)
            }
        } else if descriptor.shortValueIsThreshold, entry.isShort {
            guard let threshold = value.double else {
                reader.report(
                    "wrong-type", "'\(entry.base.writtenType)' must be a number, not \(value.typeName)",
                    at: value.mark)
                return
            }
            if template.base.threshold != nil {
                reader.report("duplicate-key", "the short value is the threshold already", at: value.mark)
            }
            template.base.threshold = threshold
        } else if descriptor.valueIsSchema {
            if value.text == "prompt", value.scalar?.resolved.isString == true {
                template.isPromptSchema = true
            } else if let schema = SchemaSource(reader: reader, file: file).schema(value) {
                template.set(schema: schema)
            }
        } else if descriptor.rendersValue {
            template.value = ValueTemplate.read(value, in: file, reader: reader)
        } else {
            if descriptor.expressionNames != nil { checkExpression(value, &template) }
            template.value = .constant(value.json)
        }
    }

    /// Parses an expression with the exact place of its text, which the specification does not carry.
    private func checkExpression(_ value: YAMLNode, _ template: inout AssertionTemplate) {
        guard let text = value.text else { return }
        let origin = file.origin(of: value)
        do throws(DiagnosticError) {
            _ = try Expression(text, origin: origin)
            template.base.valueMark = SourceMark(file: origin.file, line: origin.line, column: origin.column)
        } catch {
            reader.add(contentsOf: error.diagnostics)
        }
    }

    /// Compiles what depends on nothing, so that its mistakes are found at once and it is compiled only once.
    private func compiled(_ template: AssertionTemplate) -> AssertionTemplate? {
        var copy = template
        do throws(TemplateError) {
            let specification = try template.specification(TemplateContext())
            guard let assertion = reader.compile(specification, with: catalog) else { return nil }
            copy.compiled = assertion
            return copy
        } catch {
            reader.add(error.diagnostic)
            return nil
        }
    }

    private func used(_ node: YAMLNode, depth: Int) -> [AssertionTemplate] {
        guard let written = node.text else {
            reader.report("wrong-type", "'use' must be the path of a list of assertions", at: node.mark)
            return []
        }
        guard let path = reader.resolve(written, from: file.path, at: node.mark) else { return [] }
        guard path != file.path, !using.contains(path) else {
            let chain = (using + [file.path, path]).map(\.text).joined(separator: " → ")
            reader.report(
                "use-cycle", "'\(path.text)' uses itself: \(chain)", at: node.mark,
                hint: "take one of these `use:` out")
            return []
        }
        let use = AssertionSets.Use(path: path, depth: depth)
        if let known = reader.assertionSets.readings[use] {
            if known.isBroken { reader.countKnownMistake() }
            return known.assertions
        }
        guard let list = reader.yaml(path, named: node.mark) else { return [] }
        guard list.root.items != nil else {
            reader.report("wrong-type", "'\(path.text)' must be a list of assertions", at: list.root.mark)
            return []
        }
        let inner = AssertionReader(
            reader: reader, catalog: catalog, today: today, file: list, using: using + [file.path])
        let before = reader.mistakeCount
        let assertions = inner.assertions(list.root, depth: depth + 1)
        reader.assertionSets.readings[use] = AssertionSets.Reading(
            assertions: assertions, isBroken: reader.mistakeCount != before)
        return assertions
    }
}

extension SourceReader {
    /// Makes an assertion ready to run; nil, with diagnostics, when it is wrong.
    ///
    /// Warns when it can never fail.
    func compile(_ specification: AssertionSpecification, with catalog: AssertionCatalog)
        -> CompiledAssertion?
    {
        do throws(DiagnosticError) {
            let assertion = try catalog.compile(specification)
            if let vacuity = assertion.vacuity {
                let message = "'\(specification.writtenType)' can never fail: \(vacuity)"
                add(Diagnostic("vacuous-assertion", message, at: specification.mark, severity: .warning))
            }
            add(contentsOf: assertion.warnings)
            return assertion
        } catch {
            // Another assertion with the same schema has the same mistakes: each place is reported once.
            let known = Set(bag.diagnostics.compactMap { $0.severity == .error ? Place($0) : nil })
            add(contentsOf: error.diagnostics.filter { !known.contains(Place($0)) })
            return nil
        }
    }

    /// What and where, without the words.
    private struct Place: Hashable {
        var id: String
        var mark: SourceMark?

        init(_ diagnostic: Diagnostic) {
            id = diagnostic.id
            mark = diagnostic.mark
        }
    }
}
