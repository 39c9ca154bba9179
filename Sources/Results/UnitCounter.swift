public import Evals

/// Counts the units that `pass_rate` is about, one execution after the other.
///
/// A case × prompt × model with `pass: k` is one unit, any other execution its own. The plan's order keeps the
/// executions of a case together, so that only one case's units are open at a time. Should a sample come twice, it
/// counts once, with the worse of its results.
public struct UnitCounter: Sendable {
    /// The finished units.
    public struct Count: Sendable, Hashable {
        /// Enough samples passed.
        public var passed = 0
        /// Too few passed, even if those that errored had passed.
        public var failed = 0
        /// Errors leave open whether enough would have passed.
        public var open = 0
        /// All units but the skipped ones.
        public var total: Int { passed + failed + open }
        /// Passed units of all; nil when there is none.
        public var rate: Double? { total == 0 ? nil : Double(passed) / Double(total) }

        /// Creates a count of nothing.
        public init() {}

        /// The sum of two counts.
        public static func + (left: Count, right: Count) -> Count {
            var sum = left
            sum.passed += right.passed
            sum.failed += right.failed
            sum.open += right.open
            return sum
        }
    }

    private struct Key: Hashable, Sendable {
        var prompt: String
        var model: String
        var step: Int
    }

    private struct Unit: Sendable {
        var required: Int
        /// What became of each sample that is not skipped.
        var samples: [Int: Execution.Status] = [:]

        mutating func add(_ status: Execution.Status, sample: Int) {
            guard status != .skipped else { return }
            guard let known = samples[sample], known != .passed else {
                samples[sample] = status
                return
            }
            if status == .errored { samples[sample] = status }
        }

        var count: Count {
            var count = Count()
            if samples.isEmpty { return count }
            let passed = samples.values.count { $0 == .passed }
            let errored = samples.values.count { $0 == .errored }
            if passed >= required {
                count.passed = 1
            } else if passed + errored >= required {
                count.open = 1
            } else {
                count.failed = 1
            }
            return count
        }
    }

    private var closed = Count()
    private var suite = ""
    private var caseID = ""
    private var units: [Key: Unit] = [:]

    /// Creates an empty counter.
    public init() {}

    /// Adds the next execution of the plan.
    public mutating func add(_ execution: Execution) {
        if !units.isEmpty, execution.caseID != caseID || execution.suite != suite {
            closed = count
            units = [:]
        }
        guard let required = execution.requiredPasses else {
            switch execution.status {
            case .passed: closed.passed += 1
            case .failed: closed.failed += 1
            case .errored: closed.open += 1
            case .skipped: break
            }
            return
        }
        (suite, caseID) = (execution.suite, execution.caseID)
        let key = Key(prompt: execution.prompt, model: execution.model, step: execution.step)
        var unit = units[key] ?? Unit(required: required)
        unit.add(execution.status, sample: execution.sample)
        units[key] = unit
    }

    /// What has been counted so far, the case at hand included.
    public var count: Count { units.values.reduce(closed) { $0 + $1.count } }
}
