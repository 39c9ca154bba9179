public import Evals
public import Files
public import Statistics
import YAML
import JSON

/// A calibration with where it comes from: what a file below `calibrations/` says.
public struct CalibrationRecord: Sendable, Hashable {
    /// A file and the hash of its bytes at the time.
    public struct Source: Sendable, Hashable {
        /// The path in the project.
        public var file: String
        /// The hash, in lower-case hexadecimal digits.
        public var sha256: String

        /// Creates a source.
        public init(file: String, sha256: String) {
            self.file = file
            self.sha256 = sha256
        }
    }

    /// What counts when judges are asked.
    public var calibration: JudgeCalibration
    /// The day of the measurement, `YYYY-MM-DD`.
    public var date: String
    /// The names of the judges.
    public var models: [String]
    /// The judge prompts, each `name@version`.
    public var prompts: [String]
    /// The labels.
    public var labels: Source
    /// The guide by which people labeled; nil when none was named.
    public var guide: Source?
    /// Labels on which the judge gave no verdict, or was not asked for one.
    public var withoutVerdict: Int

    /// Creates a record.
    public init(
        _ calibration: JudgeCalibration, date: String, models: [String], prompts: [String], labels: Source,
        guide: Source?, withoutVerdict: Int
    ) {
        self.calibration = calibration
        self.date = date
        self.models = models
        self.prompts = prompts
        self.labels = labels
        self.guide = guide
        self.withoutVerdict = withoutVerdict
    }

    /// The folder of all calibrations, relative to the project.
    public static let folder = "calibrations"

    /// The path of a calibration's file; nil when the name can't be a file's.
    public static func path(named name: String) -> ProjectPath? {
        // The slash of a metric such as `ragas/faithfulness` is no folder.
        let file = name.replacing("/", with: "-")
        guard Shape.isName(file) else { return nil }
        return ProjectPath("\(folder)/\(file).calibration.yaml")
    }

    /// What can be computed from the counts; nil for counts that are none.
    public var agreement: VerdictAgreement? {
        VerdictAgreement(
            truePasses: calibration.truePasses, falsePasses: calibration.falsePasses,
            trueFails: calibration.trueFails, falseFails: calibration.falseFails)
    }

    /// The file's bytes; the same record always gives the same ones.
    public var bytes: [UInt8] {
        func text(_ text: String) -> YAMLOutput { .string(text) }
        func source(_ source: Source) -> YAMLOutput {
            .mapping([.init("file", text(source.file)), .init("sha256", text(source.sha256))])
        }
        func number(_ value: Int) -> YAMLOutput { .integer(Int64(value)) }
        var entries: [YAMLOutput.Entry] = [
            .init("calibration", number(CalibrationKeys.version)), .init("name", text(calibration.name)),
            .init("date", text(date)), .init("instrument", text(calibration.instrument)),
            .init("models", .list(models.map(text), flow: true)),
            .init("prompts", .list(prompts.map(text), flow: true)), .init("labels", source(labels)),
        ]
        if let guide { entries.append(.init("guide", source(guide))) }
        entries.append(
            .init(
                "counts",
                .mapping([
                    .init("true_passes", number(calibration.truePasses)),
                    .init("false_passes", number(calibration.falsePasses)),
                    .init("true_fails", number(calibration.trueFails)),
                    .init("false_fails", number(calibration.falseFails)),
                ])))
        entries.append(.init("without_verdict", number(withoutVerdict)))
        if let agreement {
            if let rate = agreement.agreement?.rate { entries.append(.init("agreement", Self.rounded(rate))) }
            if let kappa = agreement.kappa {
                let interval = kappa.interval(.ninetyFivePercent)
                entries.append(
                    .init(
                        "kappa",
                        .mapping([
                            .init("value", Self.rounded(kappa.value)),
                            .init("low", Self.rounded(interval.lower)),
                            .init("high", Self.rounded(interval.upper)),
                        ])))
            }
            if let ac1 = agreement.gwetAC1 { entries.append(.init("ac1", Self.rounded(ac1))) }
        }
        entries.append(
            .init("parts", .mapping(calibration.parts.map { .init($0.key, Self.output($0.value)) })))
        return YAMLWriter.write(.mapping(entries))
    }

    /// A value of a part in block style, so that a rubric's text can be read in a review.
    private static func output(_ value: JSONValue) -> YAMLOutput {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let number): .number(number.text)
        case .string(let text): .string(text)
        case .array(let items): .list(items.map(output))
        case .object(let members): .mapping(members.map { .init($0.key, output($0.value)) })
        }
    }

    /// Six digits are enough to see, and the counts have the rest.
    static func rounded(_ value: Double) -> YAMLOutput { .double(rounding(value)) }

    /// A measure with six digits after the point.
    static func rounding(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
