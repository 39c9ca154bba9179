import Diagnostics
import Files
import YAML

/// How the rows of a dataset differ between a commit and the work tree.
struct DatasetDifference {
    /// Rows of the commit that the work tree does not have, and how many the commit has.
    var missing = 0, before = 0
    /// Rows that the commit does not have.
    var added = 0

    /// Compares the rows that two cases take; nil when they are the same or can't be read, which is reported elsewhere.
    init?(
        base: YAMLNode, in baseFile: YAMLFile, _ baseTree: any FileTree, work: YAMLNode,
        in workFile: YAMLFile,
        _ workTree: any FileTree
    ) {
        let baseReader = SourceReader(baseTree)
        let workReader = SourceReader(workTree)
        guard let old = DatasetSpecification.read(base, file: baseFile, reader: baseReader),
            let new = DatasetSpecification.read(work, file: workFile, reader: workReader)
        else { return nil }
        if base.json == work.json, let left = Self.hash(of: old.path, baseTree),
            left == Self.hash(of: new.path, workTree)
        {
            return nil
        }
        var counts: [UInt64: Int] = [:]
        do throws(DiagnosticError) {
            var rows = try DatasetReader(old, tree: baseTree)
            while let row = try rows.next() {
                counts[Self.key(row), default: 0] += 1
                before += 1
            }
            var after = try DatasetReader(new, tree: workTree)
            while let row = try after.next() {
                let count = counts[Self.key(row), default: 0]
                if count > 0 {
                    counts[Self.key(row)] = count - 1
                } else {
                    added += 1
                }
            }
        } catch {
            return nil
        }
        missing = counts.values.reduce(0, +)
        if missing == 0, added == 0 { return nil }
    }

    /// The sentence.
    func text(_ path: String, _ label: String) -> String {
        "\(path): \(missing) of \(before) rows of \(label) are changed or gone, \(added) are new"
    }

    private static func key(_ row: DatasetRow) -> UInt64 {
        UInt64(row.contentHash.prefix(16), radix: 16) ?? 0
    }

    private static func hash(of path: ProjectPath, _ tree: any FileTree) -> String? {
        var hash = ContentHash()
        do throws(FileError) {
            let stream = try tree.stream(path)
            while let piece = try stream.next() { hash.update(piece) }
            return hash.hex
        } catch {
            return nil
        }
    }
}
