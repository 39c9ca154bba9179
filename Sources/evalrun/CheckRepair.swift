import Diagnostics
import Files
import YAML

/// Makes the changes that diagnostics offer, in the files of the working tree.
struct CheckRepair {
    /// What was changed in one line.
    struct Change {
        /// Where.
        let mark: SourceMark
        /// What stood there and what stands there now.
        let fix: SourceFix
    }

    private let root: ProjectRoot

    /// Prepares to change files of a project.
    init(_ root: ProjectRoot) { self.root = root }

    /// Makes the fixes of the diagnostics; files of a commit, and places that have changed, stay as they are.
    ///
    /// Each file is written whole, and only when its YAML has fewer mistakes afterwards or none.
    func repair(_ diagnostics: [Diagnostic]) throws(FileError) -> [Change] {
        var fixes: [String: [SourceFix]] = [:]
        for diagnostic in diagnostics {
            guard let fix = diagnostic.fix, let file = diagnostic.mark?.file else { continue }
            fixes[file, default: []].append(fix)
        }
        var changes: [Change] = []
        for (file, wanted) in fixes.sorted(by: { $0.key < $1.key }) {
            guard let path = ProjectPath(file), WorkingTree(root).kind(of: path) == .file else { continue }
            let bytes = try WorkingTree(root).read(path, limit: 16 << 20)
            let (mended, made) = YAMLReader.applying(wanted, to: bytes)
            guard !made.isEmpty else { continue }
            let before = YAMLReader.parse(bytes, file: file).diagnostics.count
            let after = YAMLReader.parse(mended, file: file).diagnostics.count
            guard after < before || after == 0 else { continue }
            let writer = try WholeFileWriter(root.path + "/" + path.text, shown: file)
            try writer.write(mended)
            try writer.commit()
            changes += made.map {
                Change(mark: SourceMark(file: file, line: $0.line, column: $0.columns.lowerBound), fix: $0)
            }
        }
        return changes
    }
}
