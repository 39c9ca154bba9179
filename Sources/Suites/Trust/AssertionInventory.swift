import Diagnostics
import Evals
import Files
import JSON
import YAML

/// The assertions of suites as they are written, those of `use:` included, to compare two versions of them.
///
/// Mistakes are passed over: reading the suite itself reports them.
final class AssertionInventory {
    /// One assertion.
    struct Entry {
        /// What it demands, without places; schemas in files stand as the hash of the file.
        var specification: AssertionSpecification
        /// Where it is.
        var mark: SourceMark
    }

    private let tree: any FileTree
    private let suffix: String
    private let catalog: AssertionCatalog
    private let today: String
    private var lists: [ProjectPath: [Entry]] = [:]
    private var hashes: [ProjectPath: String] = [:]

    /// The programs that the assertions read so far run.
    private(set) var commands: Set<ProgramCommand> = []

    /// The models that the assertions read so far ask by name.
    private(set) var judges: Set<String> = []

    private static let deepest = 20

    /// Prepares an inventory of a tree.
    init(_ tree: any FileTree, suffix: String, catalog: AssertionCatalog, today: String) {
        self.tree = tree
        self.suffix = suffix
        self.catalog = catalog
        self.today = today
    }

    /// The assertions of a list.
    func entries(_ node: YAMLNode?, in file: YAMLFile, depth: Int = 0) -> [Entry] {
        guard depth <= Self.deepest else { return [] }
        var found: [Entry] = []
        for item in node?.items ?? [] {
            // As many as a suite may have: what is beyond is a mistake there.
            guard found.count <= AssertionSets.largest else { return found }
            if let use = item["use"]?.text {
                found += used(use, from: file, depth: depth)
            } else if let entry = entry(item, in: file, depth: depth) {
                found.append(entry)
            }
        }
        return found
    }

    private func used(_ written: String, from file: YAMLFile, depth: Int) -> [Entry] {
        guard let path = try? ProjectRoot.resolve(written, from: file.path) else { return [] }
        if let known = lists[path] { return known }
        // A list that uses itself finds nothing more in itself.
        lists[path] = []
        guard let list = SourceReader(tree, suffix: suffix).yaml(path) else { return [] }
        let found = entries(list.root, in: list, depth: depth + 1)
        lists[path] = found
        return found
    }

    private func entry(_ node: YAMLNode, in file: YAMLFile, depth: Int) -> Entry? {
        let reader = AssertionEntryReader(
            reader: SourceReader(tree, suffix: suffix), catalog: catalog, today: today)
        guard let read = reader.entry(node) else { return nil }
        var specification = read.base
        let mark = specification.mark
        specification.mark = SourceMark(file: "")
        specification.valueMark = SourceMark(file: "")
        if read.descriptor.holdsAssertions {
            specification.inner = entries(read.value, in: file, depth: depth + 1).map(\.specification)
        } else {
            specification.value = read.value?.json
        }
        if read.descriptor.valueIsSchema, let hash = schemaHash(read.value, in: file) {
            specification.value = ["file": read.value?.json ?? .null, "sha256": .string(hash)]
        }
        judges.formUnion((read.descriptor.needs?(read.base) ?? []).flatMap { $0.names ?? [] })
        if read.descriptor.family == .programs {
            commands.insert(
                ProgramCommand(
                    type: specification.type, value: specification.value, options: specification.options,
                    folder: file.path.folder.text))
        }
        return Entry(specification: specification, mark: mark)
    }

    /// The hash of a schema's file; nil for a schema that is written in place.
    private func schemaHash(_ value: YAMLNode?, in file: YAMLFile) -> String? {
        guard let text = value?.text, text != "prompt", !text.contains("\n"),
            let path = try? ProjectRoot.resolve(text, from: file.path)
        else { return nil }
        if let known = hashes[path] { return known }
        let hash = (try? tree.read(path)).map { ContentHash.sha256Hex($0) } ?? ""
        hashes[path] = hash
        return hash
    }
}

extension AssertionInventory.Entry {
    /// The assertion in a few words.
    var text: String {
        var text = specification.writtenType
        if let file = specification.value?["file"]?.string, specification.value?["sha256"] != nil {
            text += ": \(SettingText.shown(.string(file)))"
        } else if let value = specification.value {
            text += ": \(SettingText.shown(value))"
        } else if !specification.inner.isEmpty {
            text += " of \(specification.inner.count)"
        }
        if let threshold = specification.threshold { text += ", threshold \(threshold)" }
        if specification.weight != 1 { text += ", weight \(specification.weight)" }
        if let metric = specification.metric { text += ", metric \(metric)" }
        if let select = specification.select { text += ", select \(SettingText.shown(.string(select)))" }
        if let xpath = specification.xpath { text += ", xpath \(SettingText.shown(.string(xpath)))" }
        if !specification.transform.isEmpty { text += ", transform" }
        if !specification.options.isEmpty { text += ", \(SettingText.shown(.object(specification.options)))" }
        if let quarantine = specification.quarantine { text += ", quarantine until \(quarantine.until)" }
        return text
    }
}
