import Diagnostics
import Files

extension Workspace {
    /// The calibrations that count: those of the commit that is trusted, else those of the files.
    func calibrations() -> CalibrationFolder {
        let files = WorkingTree(root)
        guard let trusted else { return CalibrationFolder(files) }
        return CalibrationFolder(trusted.tree, suffix: trusted.suffix, guides: files)
    }
}

extension TrustBase {
    /// The calibrations that the files have otherwise than the commit, whose count.
    func calibrationDifferences(from work: any FileTree) -> [TrustDifference] {
        let (old, new) = (Self.calibrations(tree), Self.calibrations(work))
        return Set(old.keys).union(new.keys).sorted().compactMap { path in
            let (before, now) = (old[path], new[path])
            guard before != now else { return nil }
            guard before != nil else {
                return TrustDifference(
                    SourceMark(file: path.text), "calibration: not in \(label) (ignored)")
            }
            let mark = SourceMark(file: now == nil ? path.text + suffix : path.text)
            let what = now == nil ? "gone here" : "another one here (ignored)"
            return TrustDifference(mark, "calibration: from \(label), \(what)")
        }
    }

    private static func calibrations(_ tree: any FileTree) -> [ProjectPath: [UInt8]] {
        var found: [ProjectPath: [UInt8]] = [:]
        for path in CalibrationFolder.paths(SourceReader(tree)) {
            // One that can't be read is told where it is read for its content.
            found[path] = (try? tree.read(path)) ?? []
        }
        return found
    }
}
