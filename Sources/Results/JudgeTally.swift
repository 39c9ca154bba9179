public import Evals
import JSON

/// What judges found in a run, per suite × prompt × model × metric, folded from executions in the plan's order.
///
/// Only verdicts count: results that a judge was asked for and gave. Skipped executions are left out.
public struct JudgeTally: Sendable {
    /// What one instrument found.
    public struct Count: Sendable, Hashable {
        /// The file of its calibration; nil when it has none.
        public internal(set) var calibration: String?
        /// How it agreed with people; nil when that is not known.
        public internal(set) var agreement: JudgeCalibration?
        /// Its verdicts.
        public internal(set) var verdicts = 0
        /// Those that the assertion passed with.
        public internal(set) var passes = 0
    }

    /// The verdicts of one metric, or of one place in the list of assertions, on one suite × prompt × model.
    public struct Row: Sendable {
        /// The suite's name.
        public let suite: String
        /// The prompt's reference as the suite writes it.
        public let prompt: String
        /// The model's name.
        public let model: String
        /// True when the model is advisory.
        public let isAdvisory: Bool
        /// The metric, else type and place among the case's assertions, `llm-rubric-2`.
        public let name: String
        /// The verdicts by the hash of the instrument that gave them.
        public internal(set) var instruments: [String: Count] = [:]
        /// Verdicts on which a panel was not of one mind.
        public internal(set) var disagreements = 0
        /// Verdicts of comparing judges.
        public internal(set) var comparisons = 0
        /// Those of them that the order of the answers changed.
        public internal(set) var flips = 0
        /// Judges that preferred what was shown first, whatever it was.
        public internal(set) var firstPreferences = 0
        /// Judges that preferred what was shown at another place, whatever it was.
        public internal(set) var laterPreferences = 0

        /// All verdicts.
        public var verdicts: Int { instruments.values.reduce(0) { $0 + $1.verdicts } }
        /// Those that the assertion passed with.
        public var passes: Int { instruments.values.reduce(0) { $0 + $1.passes } }
        /// Passes of all verdicts, as the judges gave them.
        public var passRate: Double { Double(passes) / Double(max(1, verdicts)) }
        /// Verdicts on which a panel was not of one mind, of all.
        public var disagreementRate: Double { Double(disagreements) / Double(max(1, verdicts)) }
        /// Flips of all comparisons; nil where nothing is compared.
        public var flipRate: Double? { comparisons == 0 ? nil : Double(flips) / Double(comparisons) }
        /// The raw rate beside the one corrected by the calibration; nil where no instrument has one.
        public var calibrated: CalibratedRate? {
            CalibratedRate(passes: passes, of: verdicts, by: instruments.values.map(\.agreement))
        }
        /// The files of the instruments' calibrations, in order.
        public var calibrations: [String] { Set(instruments.values.compactMap(\.calibration)).sorted() }
    }

    private struct Key: Hashable, Sendable {
        var suite: String
        var prompt: String
        var model: String
        var name: String
    }

    /// The rows in the order in which verdicts come first.
    public private(set) var rows: [Row] = []
    private var places: [Key: Int] = [:]
    private let calibrations: [String: JudgeCalibration]

    /// Creates an empty tally.
    ///
    /// - Parameter calibrations: What is known of instruments, by their hashes.
    public init(calibrations: [String: JudgeCalibration] = [:]) { self.calibrations = calibrations }

    /// Adds the next execution of the plan.
    public mutating func add(_ execution: Execution) {
        guard execution.status != .skipped else { return }
        for (index, result) in execution.assertions.enumerated() {
            add(result, place: "\(index + 1)", of: execution)
        }
    }

    private mutating func add(_ result: AssertionResult, place: String, of execution: Execution) {
        for (index, inner) in result.inner.enumerated() {
            add(inner, place: "\(place).\(index + 1)", of: execution)
        }
        guard let stamp = result.stamp, result.error == nil, !result.isUnasked else { return }
        let row = row(named: result.metric ?? "\(result.type)-\(place)", of: execution)
        var count =
            rows[row].instruments[stamp.instrument]
            ?? Count(calibration: stamp.calibration, agreement: calibrations[stamp.instrument])
        count.verdicts += 1
        if result.passed { count.passes += 1 }
        rows[row].instruments[stamp.instrument] = count
        if Set(stamp.votes).count > 1 { rows[row].disagreements += 1 }
        if let isFlipped = stamp.isFlipped {
            rows[row].comparisons += 1
            if isFlipped { rows[row].flips += 1 }
        }
        for position in Self.preferredPositions(in: result.details) {
            if position == "first" || position == 1 {
                rows[row].firstPreferences += 1
            } else {
                rows[row].laterPreferences += 1
            }
        }
    }

    /// The places, `first` and `second` or counted from 1, that judges held to in both orders, as comparing assertions
    /// tell them: in their details, or in those of each judge of a panel.
    private static func preferredPositions(in details: JSONValue?) -> [JSONValue] {
        let seats = details?["panel"]?.array?.compactMap { $0["details"] } ?? [details].compactMap(\.self)
        return seats.compactMap { $0["position"] }
    }

    private mutating func row(named name: String, of execution: Execution) -> Int {
        let key = Key(
            suite: execution.suite, prompt: execution.prompt, model: execution.model, name: name)
        if let place = places[key] { return place }
        places[key] = rows.count
        rows.append(
            Row(
                suite: execution.suite, prompt: execution.prompt, model: execution.model,
                isAdvisory: execution.isAdvisory, name: name))
        return rows.count - 1
    }
}
