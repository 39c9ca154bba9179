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

    /// The schema: a mapping or boolean is the schema itself, text with a line feed is its source, other text is a
    /// path; nil, with diagnostics, when there is none.
    func schema(_ node: YAMLNode) -> WrittenValue? {
        guard let scalar = node.scalar, scalar.resolved.isString else {
            return WrittenValue(node.json, mark: node.mark, namedAt: node.mark, places: node.places())
        }
        if scalar.text.contains("\n") { return embedded(scalar, node) }
        guard let path = reader.resolve(scalar.text, from: file.path, at: node.mark) else { return nil }
        if path.text.hasSuffix(".json") { return jsonSchema(path, node) }
        return reader.yaml(path, named: node.mark).map {
            WrittenValue($0.root.json, mark: $0.root.mark, namedAt: node.mark, places: $0.root.places())
        }
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

    private func jsonSchema(_ path: ProjectPath, _ node: YAMLNode) -> WrittenValue? {
        guard let bytes = reader.bytes(path, named: node.mark) else { return nil }
        let shown = reader.shown(path)
        do throws(JSONParseError) {
            let value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
            let places = ValuePlaces { pointers in
                JSONPlaces.find(pointers, in: bytes).map {
                    SourceMark(file: shown, line: $0.line, column: $0.column)
                }
            }
            return WrittenValue(value, mark: SourceMark(file: shown), namedAt: node.mark, places: places)
        } catch {
            let mark = SourceMark(file: shown, line: error.line, column: error.column)
            reader.add(Diagnostic("bad-json", error.message, at: mark))
            return nil
        }
    }
}
