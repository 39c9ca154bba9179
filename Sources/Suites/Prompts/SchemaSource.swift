import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Finds the JSON Schema that a value stands for.
struct SchemaSource {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The file that names the schema.
    let file: YAMLFile
    /// Whether references may lead to other files of the project.
    var refersToFiles = true

    /// The schema: a mapping or boolean is the schema itself, text with a line feed is its source, other text is a
    /// path; nil, with diagnostics, when there is none.
    func schema(_ node: YAMLNode) -> WrittenValue? {
        guard let scalar = node.scalar, scalar.resolved.isString else {
            return related(
                WrittenValue(node.json, mark: node.mark, namedAt: node.mark, places: node.places()),
                file.path)
        }
        if scalar.text.contains("\n") { return embedded(scalar, node).map { related($0, file.path) } }
        guard let path = reader.resolve(scalar.text, from: file.path, at: node.mark) else { return nil }
        let reading = reader.schemaFiles.reading(path, reader, named: node.mark)
        return reading.document.map {
            related(
                WrittenValue($0.value, mark: reading.mark, namedAt: node.mark, places: $0.places), path)
        }
    }

    /// The schema with the files that it refers to.
    private func related(_ schema: WrittenValue, _ path: ProjectPath) -> WrittenValue {
        guard refersToFiles else { return schema }
        var copy = schema
        copy.base = "/" + path.text
        copy.related = reader.schemaFiles.related(
            to: schema.value, in: path, reader, named: schema.namedAt)
        return copy
    }

    /// A schema written as text.
    private func embedded(_ scalar: YAMLScalar, _ node: YAMLNode) -> WrittenValue? {
        let reading = YAMLReader.parse(Array(scalar.text.utf8), file: node.mark.file)
        let origin = file.origin(of: node)
        // Only a literal block keeps the lines as they are in the file.
        let isLiteral = scalar.style == .literal
        let place: @Sendable (SourceMark) -> SourceMark = { mark in
            guard isLiteral, mark.line > 0 else { return node.mark }
            return SourceMark(
                file: mark.file, line: origin.line + mark.line - 1,
                column: mark.column == 0 ? 0 : origin.indentation + mark.column)
        }
        for diagnostic in reading.diagnostics {
            reader.add(
                Diagnostic(
                    "bad-schema", diagnostic.message, at: place(diagnostic.mark ?? node.mark),
                    hint: diagnostic.hint))
        }
        return reading.root.map {
            WrittenValue($0.json, mark: node.mark, namedAt: node.mark, places: $0.places(place))
        }
    }
}
