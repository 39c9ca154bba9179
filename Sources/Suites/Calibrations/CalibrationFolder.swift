public import Diagnostics
public import Evals
public import Files
import JSON

/// The calibrations of a project: the files `calibrations/*.calibration.yaml`.
public struct CalibrationFolder: Sendable {
    /// The calibrations by the hash of the instrument that was measured.
    public private(set) var calibrations: [String: JudgeCalibration] = [:]
    /// Mistakes in the files, and warnings.
    public let diagnostics: [Diagnostic]

    /// Reads all of them; read them only when judges are asked.
    ///
    /// - Parameters:
    ///   - suffix: What stands behind a file's name in messages, `@REF` for files of a commit.
    ///   - guides: The files in which the labelling guides are compared; nil: `tree`.
    public init(_ tree: any FileTree, suffix: String = "", guides: (any FileTree)? = nil) {
        let reader = SourceReader(tree, suffix: suffix)
        var records: [CalibrationRecord] = []
        for path in Self.paths(reader) {
            guard let record = CalibrationFile(reader: reader).load(path) else { continue }
            let calibration = record.calibration
            if let twin = calibrations[calibration.instrument] {
                reader.add(
                    Diagnostic(
                        "duplicate-calibration", "the same judge and rubric are calibrated twice",
                        at: SourceMark(file: reader.shown(path)),
                        hint: "remove the older of the two files",
                        notes: [.init("the other one is \(twin.file)")]))
                continue
            }
            calibrations[calibration.instrument] = calibration
            records.append(record)
        }
        let guideReader = SourceReader(guides ?? tree)
        for record in records {
            if let warning = Self.guideWarning(record, guideReader, shown: record.calibration.file + suffix) {
                reader.add(warning)
            }
        }
        diagnostics = reader.bag.sorted
    }

    /// The files, in order.
    static func paths(_ reader: SourceReader) -> [ProjectPath] {
        reader.yamlFiles(under: ProjectPath(known: "calibrations"))
            .filter { $0.name.lowercased().contains(".calibration.") }
    }

    /// Says that the guide is another one than that of the labels; nil when it is the same.
    private static func guideWarning(
        _ record: CalibrationRecord, _ reader: SourceReader, shown: String
    ) -> Diagnostic? {
        guard let guide = record.guide, let path = ProjectPath(guide.file) else { return nil }
        let what: String
        if reader.tree.kind(of: path) == .file, let bytes = try? reader.tree.read(path) {
            if ContentHash.sha256Hex(bytes) == guide.sha256 { return nil }
            what = "was changed since people labeled by it"
        } else {
            what = "is gone"
        }
        return Diagnostic(
            "guide-changed", "the labelling guide '\(guide.file)' \(what)", at: SourceMark(file: shown),
            hint: "label anew where the change matters, and calibrate again", severity: .warning)
    }
}
