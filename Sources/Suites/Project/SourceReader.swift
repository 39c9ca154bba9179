import Diagnostics
import Files
import Templates
import YAML

/// Reads the files of a project, either as they are or as of a commit, and collects what is wrong with them.
final class SourceReader {
    /// The files.
    let tree: any FileTree
    /// What stands behind a file's name in messages: empty, or `@REF` for files of a commit.
    let suffix: String
    /// All mistakes so far, each once.
    private(set) var bag = DiagnosticBag()
    /// How often a mistake was found, those of files that are read several times counted each time.
    private(set) var mistakeCount = 0
    /// The lists of assertions that were read.
    let assertionSets = AssertionSets()
    /// The files with schemas that were read.
    let schemaFiles = SchemaFiles()

    /// Creates a reader.
    init(_ tree: any FileTree, suffix: String = "") {
        self.tree = tree
        self.suffix = suffix
    }

    /// The most mistakes of a file that are shown, and the most warnings.
    static let mistakesPerFile = 200

    private struct FileSeverity: Hashable {
        var file: String
        var severity: Diagnostic.Severity
    }

    private var shownCount: [FileSeverity: Int] = [:]

    /// Adds a diagnostic, once; past `mistakesPerFile` of a file, only a note that there are more.
    func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { mistakeCount += 1 }
        guard let file = diagnostic.mark?.file else { return bag.add(diagnostic) }
        guard !bag.contains(diagnostic) else { return }
        let key = FileSeverity(file: file, severity: diagnostic.severity)
        let count = shownCount[key, default: 0]
        guard count < Self.mistakesPerFile else {
            let what = diagnostic.severity == .error ? "mistakes" : "warnings"
            bag.add(
                Diagnostic(
                    "more-mistakes",
                    "the file has more than \(Self.mistakesPerFile) \(what); the first ones are shown",
                    at: SourceMark(file: file), hint: "mend those, then check again",
                    severity: diagnostic.severity))
            return
        }
        shownCount[key] = count + 1
        bag.add(diagnostic)
    }

    /// Counts a mistake that was reported by another part of the reading already.
    func noteReportedMistake() { mistakeCount += 1 }

    /// Adds several.
    func add(contentsOf more: some Sequence<Diagnostic>) {
        for diagnostic in more { add(diagnostic) }
    }

    /// Counts a mistake that was reported when the same file was read before.
    func countKnownMistake() { mistakeCount += 1 }

    /// Reports a mistake.
    func report(
        _ id: String, _ message: String, at mark: SourceMark?, hint: String? = nil, fix: SourceFix? = nil
    ) {
        add(Diagnostic(id, message, at: mark, hint: hint, fix: fix))
    }

    /// The name of a file as it is shown.
    func shown(_ path: ProjectPath) -> String { path.text + suffix }

    /// The bytes of a file of at most 16 MiB; nil, with a diagnostic, when it can't be read.
    func bytes(_ path: ProjectPath, named mark: SourceMark? = nil) -> [UInt8]? {
        do throws(FileError) {
            return try tree.read(path, limit: 16 << 20)
        } catch {
            add(error.diagnostic(at: mark ?? SourceMark(file: shown(path))))
            return nil
        }
    }

    /// The text of a file; nil, with a diagnostic, when it can't be read or is not UTF-8.
    func text(_ path: ProjectPath, named mark: SourceMark? = nil) -> String? {
        guard let bytes = bytes(path, named: mark) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            add(Diagnostic("not-utf8", "'\(shown(path))' is not UTF-8", at: mark))
            return nil
        }
        return text
    }

    /// A YAML file; nil, with diagnostics, when nothing can be made of it.
    func yaml(_ path: ProjectPath, named mark: SourceMark? = nil) -> YAMLFile? {
        guard let bytes = bytes(path, named: mark) else { return nil }
        let reading = YAMLReader.parse(bytes, file: shown(path))
        add(contentsOf: reading.diagnostics)
        guard let root = reading.root else { return nil }
        return YAMLFile(path: path, root: root, bytes: bytes)
    }

    /// The path that a file names; nil, with a diagnostic, when it leads out of the project.
    func resolve(_ written: String, from file: ProjectPath, at mark: SourceMark) -> ProjectPath? {
        do throws(DiagnosticError) {
            return try ProjectRoot.resolve(written, from: file, at: mark)
        } catch {
            add(contentsOf: error.diagnostics)
            return nil
        }
    }

    /// The YAML files in and below a folder, in order; none when there is no such folder.
    ///
    /// Names that can't be read as files are among them, so that reading them says why.
    func yamlFiles(under folder: ProjectPath) -> [ProjectPath] {
        guard tree.kind(of: folder) == .folder || tree.isOccupied(folder) else { return [] }
        do throws(FileError) {
            let survey = try tree.survey(under: folder)
            for link in survey.folderLinks {
                add(
                    Diagnostic(
                        "folder-link-skipped", "the link '\(shown(link))' to a folder is not followed",
                        at: SourceMark(file: shown(link)),
                        hint: "move the folder here, or link its files one by one", severity: .warning))
            }
            return (survey.files + survey.unreadable).filter(Self.isYAML).sorted()
        } catch {
            add(error.diagnostic(at: SourceMark(file: shown(folder))))
            return []
        }
    }

    /// Whether a file's name ends in `.yaml` or `.yml`, in letters of any size.
    static func isYAML(_ path: ProjectPath) -> Bool {
        let name = path.text.lowercased()
        return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    /// Why something that is there can't be used as a file; nil when nothing is there, or a file.
    func misuse(of path: ProjectPath, named mark: SourceMark? = nil) -> Diagnostic? {
        guard tree.isOccupied(path), tree.kind(of: path) != .file else { return nil }
        do throws(FileError) {
            _ = try tree.read(path, limit: 0)
            return nil
        } catch {
            return error.diagnostic(at: mark ?? SourceMark(file: shown(path)))
        }
    }

    /// Checks a value against its shape.
    func check(_ node: YAMLNode, _ shape: Shape, what: String) {
        var checker = ShapeChecker()
        checker.check(node, shape, what: what)
        add(contentsOf: checker.diagnostics)
    }

    /// The template in a text value; nil, with diagnostics, when it is none.
    func template(_ node: YAMLNode, in file: YAMLFile) -> Template? {
        guard let text = node.text else { return nil }
        do throws(DiagnosticError) {
            return try Template(
                text, origin: file.origin(of: node), loader: PartialFiles(tree: tree, suffix: suffix))
        } catch {
            add(contentsOf: error.diagnostics)
            return nil
        }
    }
}

/// A YAML file that was read.
struct YAMLFile {
    /// Where it is.
    let path: ProjectPath
    /// What it says.
    let root: YAMLNode
    /// Its bytes.
    let bytes: [UInt8]

    /// Where the text of a scalar begins: a block's text is indented and begins below its mark.
    func origin(of node: YAMLNode) -> TemplateOrigin {
        guard let style = node.scalar?.style else { return TemplateOrigin(node.mark) }
        switch style {
        case .plain: return TemplateOrigin(node.mark)
        case .singleQuoted, .doubleQuoted:
            var mark = node.mark
            mark.column += 1
            return TemplateOrigin(mark)
        case .literal, .folded:
            let indentation = indentation(below: node.mark.line)
            return TemplateOrigin(
                file: node.mark.file, line: node.mark.line + 1, column: indentation + 1,
                indentation: indentation)
        }
    }

    /// The number of spaces before the first line with text below a line.
    private func indentation(below line: Int) -> Int {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst(line)
            .makeIterator()
        while let line = lines.next() {
            let spaces = line.prefix { $0 == 0x20 }.count
            if spaces < line.count, line[line.startIndex + spaces] != 0x0D { return spaces }
        }
        return 0
    }
}

/// Includes: files of the same project, or of the same commit.
struct PartialFiles: PartialLoader {
    /// The files.
    let tree: any FileTree
    /// What stands behind a file's name in messages.
    let suffix: String

    /// The text of a partial, its path taken from the including file.
    func load(_ path: String, from including: String) throws(DiagnosticError) -> (
        name: String, source: String
    ) {
        let file = including.hasSuffix(suffix) ? String(including.dropLast(suffix.count)) : including
        let found = try ProjectRoot.resolve(path, from: ProjectPath(file) ?? .root)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try tree.read(found, limit: 16 << 20)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        guard let source = String(validating: bytes, as: UTF8.self) else {
            throw DiagnosticError(Diagnostic("not-utf8", "'\(found.text)' is not UTF-8"))
        }
        return (found.text + suffix, source)
    }
}

extension ProjectPath {
    /// A path that this module writes itself.
    init(known text: StaticString) { self = ProjectPath("\(text)") ?? .root }

    /// The file's name up to its first dot.
    var stem: String { String(name.prefix { $0 != "." }) }
}
