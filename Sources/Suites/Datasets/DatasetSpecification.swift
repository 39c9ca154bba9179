import Diagnostics
import Files
import JSON
import Templates
import YAML

/// A file whose rows become cases, and which of its rows.
struct DatasetSpecification: Sendable {
    /// How the rows are written.
    enum Format: String, Sendable {
        /// Comma-separated values with a header (RFC 4180).
        case csv
        /// A JSON object per line.
        case jsonl
        /// A JSON list of objects.
        case json
        /// A YAML list of mappings.
        case yaml
    }

    /// The file.
    var path: ProjectPath
    /// How the rows are written.
    var format: Format
    /// Rows for which it is false are left out.
    var condition: Expression?
    /// The same as it is written, and where.
    var writtenCondition: (text: String, mark: SourceMark)?
    /// The most rows.
    var limit: Int?
    /// The share of the rows, from above 0 to 1, chosen by a stable hash.
    var sample: Double?
    /// Where the dataset is named.
    var mark: SourceMark
    /// How the file is shown; nil: as its path.
    var shown: String?

    /// Reads `dataset:`; nil, with diagnostics, when it is wrong.
    static func read(_ node: YAMLNode, file: YAMLFile, reader: SourceReader) -> DatasetSpecification? {
        guard let pathNode = node.entries == nil ? node : node["file"], let written = pathNode.text else {
            if node.entries != nil, node["file"] == nil {
                reader.report(
                    "missing-key", "a dataset needs 'file'", at: node.mark,
                    hint: "for example {file: data/tickets.csv}")
            }
            return nil
        }
        guard let path = reader.resolve(written, from: file.path, at: pathNode.mark) else { return nil }
        guard let format = format(of: path) else {
            reader.report(
                "unknown-format", "'\(path.text)' is no dataset that evalrun can read", at: pathNode.mark,
                hint: "the name must end in .csv, .jsonl, .json or .yaml")
            return nil
        }
        guard reader.tree.kind(of: path) == .file else {
            if let diagnostic = reader.misuse(of: path, named: pathNode.mark) {
                reader.add(diagnostic)
                return nil
            }
            reader.report(
                "missing-file", "there is no file '\(path.text)'", at: pathNode.mark,
                hint: "a path is relative to the file that names it; from here \(written) means \(path.text)")
            return nil
        }
        var specification = DatasetSpecification(path: path, format: format, mark: pathNode.mark)
        specification.limit = node["limit"]?.integer
        if let condition = node["where"] { specification.readCondition(condition, file, reader) }
        if let sample = node["sample"], let text = sample.text {
            specification.sample = share(text)
            if specification.sample == nil {
                reader.report(
                    "bad-sample", "'\(text)' is no share of the rows", at: sample.mark,
                    hint: "write a percentage such as 5%, above 0% and up to 100%")
            }
        }
        return specification
    }

    private mutating func readCondition(_ node: YAMLNode, _ file: YAMLFile, _ reader: SourceReader) {
        guard let text = node.text, let expression = Self.expression(node, file, reader) else { return }
        condition = expression
        writtenCondition = (text, node.mark)
        // A constant is judged here, once, and not with the first row.
        guard expression.freeVariables.isEmpty, let value = try? expression.evaluate(TemplateContext()),
            value.bool == nil
        else { return }
        reader.add(notBoolean(value, for: nil))
        condition = nil
    }

    /// The mistake of a condition that gives something else than true or false.
    func notBoolean(_ value: JSONValue, for row: DatasetRow?) -> Diagnostic {
        let text = writtenCondition?.text ?? ""
        let isColumn = text.hasPrefix("row.") && Shape.isName(String(text.dropFirst(4)))
        var hint = "compare it with a value, for example row.lang == 'en'"
        if row == nil {
            hint = "take the inner quotes off, and compare a column with a value: row.lang == 'en'"
        } else if isColumn {
            let shown = TerminalText.excerpt(JSONWriter.compact.text(of: value), limit: 40)
            hint = value.string == nil ? "compare it: \(text) == \(shown)" : "compare it: \(text) == 'true'"
        }
        let shown = TerminalText.excerpt(JSONWriter.compact.text(of: value), limit: 60)
        return Diagnostic(
            "where-not-boolean", "'where' must give true or false, not \(shown)",
            at: writtenCondition?.mark ?? mark, hint: hint, notes: row.map { [$0.note] } ?? [])
    }

    private static func format(of path: ProjectPath) -> Format? { format(ofName: path.text) }

    /// The format that the end of a file's name tells; nil when it is none that can be read.
    static func format(ofName name: String) -> Format? {
        switch name.split(separator: ".").last?.lowercased() {
        case "csv": .csv
        case "jsonl", "ndjson": .jsonl
        case "json": .json
        case "yaml", "yml": .yaml
        default: nil
        }
    }

    private static func expression(_ node: YAMLNode, _ file: YAMLFile, _ reader: SourceReader) -> Expression?
    {
        guard let text = node.text else { return nil }
        do throws(DiagnosticError) {
            let expression = try Expression(text, origin: file.origin(of: node))
            for variable in expression.freeVariables
            where variable.name != CaseVariables.row && !variable.isOptional {
                reader.report(
                    "undefined-variable", "'\(variable.name)' is not defined here", at: variable.mark,
                    hint: "a column is written row.\(variable.name)")
            }
            return expression
        } catch {
            reader.add(contentsOf: error.diagnostics)
            return nil
        }
    }

    /// `5%` or `0.05` as a share above 0 and up to 1.
    static func share(_ text: String) -> Double? {
        let isPercent = text.hasSuffix("%")
        let digits = isPercent ? String(text.dropLast()) : text
        // `Double` would take hexadecimal digits and names of infinity as well.
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let number = Double(digits)
        else { return nil }
        let share = isPercent ? number / 100 : number
        return share > 0 && share <= 1 ? share : nil
    }
}
