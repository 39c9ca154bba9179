import Diagnostics
import Files
import JSON
import YAML

/// Finds the JSON Schema that a value stands for.
struct SchemaSource {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The file that names the schema.
    let file: YAMLFile

    /// The schema: a mapping or boolean is the schema itself, text with a line feed is its source, other text is a
    /// path; nil, with diagnostics, when there is none.
    func schema(_ node: YAMLNode) -> (JSONValue, SourceMark)? {
        guard let scalar = node.scalar, scalar.resolved.isString else { return (node.json, node.mark) }
        if scalar.text.contains("\n") {
            let reading = YAMLReader.parse(Array(scalar.text.utf8), file: node.mark.file)
            for diagnostic in reading.diagnostics {
                reader.add(
                    Diagnostic("bad-schema", diagnostic.message, at: node.mark, hint: diagnostic.hint))
            }
            return reading.root.map { ($0.json, node.mark) }
        }
        guard let path = reader.resolve(scalar.text, from: file.path, at: node.mark) else { return nil }
        if path.text.hasSuffix(".json") { return jsonSchema(path, node) }
        return reader.yaml(path, named: node.mark).map { ($0.root.json, $0.root.mark) }
    }

    private func jsonSchema(_ path: ProjectPath, _ node: YAMLNode) -> (JSONValue, SourceMark)? {
        guard let bytes = reader.bytes(path, named: node.mark) else { return nil }
        do throws(JSONParseError) {
            let value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
            return (value, SourceMark(file: reader.shown(path)))
        } catch {
            let mark = SourceMark(file: reader.shown(path), line: error.line, column: error.column)
            reader.add(Diagnostic("bad-json", error.message, at: mark))
            return nil
        }
    }
}
