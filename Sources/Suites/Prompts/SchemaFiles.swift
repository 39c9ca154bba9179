import Diagnostics
import Evals
import Files
import JSON
import YAML

/// The files with schemas, each read once however many assertions name it.
final class SchemaFiles {
    /// A file that was read.
    struct Reading {
        /// What it says; nil when it has mistakes, which are reported already.
        var document: WrittenValue.RelatedDocument?
        /// Where its value begins; the file alone for JSON.
        var mark: SourceMark
    }

    /// The most files that one schema may refer to, also by way of others.
    static let most = 1000

    private var readings: [ProjectPath: Reading] = [:]

    /// The schema in a file: JSON where its name ends in `.json`, else YAML.
    func reading(_ path: ProjectPath, _ reader: SourceReader, named mark: SourceMark) -> Reading {
        if let known = readings[path] {
            if known.document == nil { reader.countKnownMistake() }
            return known
        }
        let isJSON = path.text.hasSuffix(".json")
        let new = isJSON ? json(path, reader, named: mark) : yaml(path, reader, named: mark)
        readings[path] = new
        return new
    }

    /// The files that a schema refers to by relative paths, and those that they refer to, by what references to
    /// them come to: `/` and the path, or the file's own `$id`.
    ///
    /// A file's name is found in a reference as it stands, hence none with an escape (`%20`). Whether a reference that
    /// leads to no file is a mistake is for the schema's compiler to say.
    func related(
        to schema: JSONValue, in file: ProjectPath, _ reader: SourceReader, named mark: SourceMark
    ) -> [String: WrittenValue.RelatedDocument] {
        var found: [String: WrittenValue.RelatedDocument] = [:]
        var seen: Set<ProjectPath> = [file]
        var pending = Self.references(in: schema).map { (reference: $0, file: file) }
        while let next = pending.popLast() {
            guard let path = try? ProjectRoot.resolve(next.reference, from: next.file),
                reader.tree.kind(of: path) == .file, seen.insert(path).inserted
            else { continue }
            guard seen.count <= Self.most else {
                reader.report(
                    "too-many-schemas", "the schema refers to more than \(Self.most) files", at: mark,
                    hint: "join some of them into one file below '$defs'")
                break
            }
            guard let document = reading(path, reader, named: mark).document else { continue }
            found["/" + path.text] = document
            let name = document.value["$id"] ?? document.value["id"]
            if let name = name?.string?.prefix(while: { $0 != "#" }), name.contains(":") {
                found[String(name)] = document
            }
            pending += Self.references(in: document.value).map { ($0, path) }
        }
        return found
    }

    /// The paths in a schema's references: those without scheme, query and escapes, the fragment cut off.
    private static func references(in schema: JSONValue) -> Set<String> {
        var found: Set<String> = []
        var pending = [schema]
        while let value = pending.popLast() {
            switch value {
            case .array(let elements): pending += elements
            case .object(let members):
                for (key, member) in members {
                    pending.append(member)
                    guard key == "$ref" || key == "$dynamicRef", let text = member.string else { continue }
                    let path = text.prefix { $0 != "#" }
                    if !path.isEmpty, !path.contains(where: { ":?%".contains($0) }) {
                        found.insert(String(path))
                    }
                }
            default: break
            }
        }
        return found
    }

    private func yaml(_ path: ProjectPath, _ reader: SourceReader, named mark: SourceMark) -> Reading {
        guard let root = reader.yaml(path, named: mark)?.root else {
            return Reading(document: nil, mark: SourceMark(file: reader.shown(path)))
        }
        return Reading(
            document: WrittenValue.RelatedDocument(root.json, places: root.places()), mark: root.mark)
    }

    private func json(_ path: ProjectPath, _ reader: SourceReader, named mark: SourceMark) -> Reading {
        let shown = reader.shown(path)
        let file = SourceMark(file: shown)
        guard let bytes = reader.bytes(path, named: mark) else { return Reading(document: nil, mark: file) }
        do throws(JSONParseError) {
            let value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
            let places = ValuePlaces { pointers in
                JSONPlaces.find(pointers, in: bytes).map {
                    SourceMark(file: shown, line: $0.line, column: $0.column)
                }
            }
            return Reading(document: WrittenValue.RelatedDocument(value, places: places), mark: file)
        } catch {
            let place = SourceMark(file: shown, line: error.line, column: error.column)
            reader.add(Diagnostic("bad-json", error.message, at: place))
            return Reading(document: nil, mark: file)
        }
    }
}
