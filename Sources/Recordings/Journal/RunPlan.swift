public import Evals
public import JSON

/// What a run set out to do: `plan.json` of its folder.
public struct RunPlan: Sendable, Hashable {
    /// The version of the format of run folders that is written and read.
    public static let version = 1

    /// The run's id.
    public var id: String
    /// When it started, as RFC 3339 in UTC.
    public var startedAt: String
    /// The version of the program that started it.
    public var evalrunVersion: String
    /// `record`, `refresh` or `live`.
    public var mode: String
    /// The hash of everything that was planned.
    public var planSHA256: String
    /// The suites as they were named on the command line; empty: all.
    public var suites: [String]
    /// The options that the plan depends on, so that `--resume` alone finds the same plan.
    public var options: JSONObject
    /// The most that the run may spend, so that `--resume` alone does not spend more; nil: anything.
    public var maximum: Money?

    /// Creates a plan.
    public init(
        id: String, startedAt: String, evalrunVersion: String, mode: String, planSHA256: String,
        suites: [String] = [], options: JSONObject = [:], maximum: Money? = nil
    ) {
        self.id = id
        self.startedAt = startedAt
        self.evalrunVersion = evalrunVersion
        self.mode = mode
        self.planSHA256 = planSHA256
        self.suites = suites
        self.options = options
        self.maximum = maximum
    }

    /// The members in the order in which the file has them.
    var json: JSONObject {
        var members: JSONObject = [
            "evalrun_run": .integer(Self.version), "id": .string(id), "started_at": .string(startedAt),
            "evalrun_version": .string(evalrunVersion), "mode": .string(mode),
            "plan_sha256": .string(planSHA256), "suites": .array(suites.map { .string($0) }),
            "options": .object(options),
        ]
        if let maximum { members["max_usd"] = maximum.json }
        return members
    }

    /// Why a text is no plan.
    enum Mistake: Error, Hashable {
        /// It has another version of the format, or none.
        case version(String)
        /// It can't be read.
        case damaged
    }

    /// Reads what `json` writes; keys that are not known are passed over.
    init(bytes: [UInt8]) throws(Mistake) {
        guard let value = try? JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes),
            let members = value.object
        else { throw .damaged }
        guard members["evalrun_run"]?.integer == Self.version else {
            throw .version(members["evalrun_run"].map { JSONWriter.compact.text(of: $0) } ?? "none")
        }
        guard let id = members["id"]?.string, Self.isID(id), let startedAt = members["started_at"]?.string,
            let evalrunVersion = members["evalrun_version"]?.string, let mode = members["mode"]?.string,
            let planSHA256 = members["plan_sha256"]?.string, RequestKey.isKey(planSHA256),
            let list = members["suites"]?.array, let options = members["options"]?.object
        else { throw .damaged }
        let maximum = members["max_usd"]?.number.flatMap { Money(usd: $0) }
        // A bound that can't be read is not passed over: it is about money.
        guard (maximum == nil) == (members["max_usd"] == nil) else { throw .damaged }
        let suites = list.compactMap(\.string)
        guard suites.count == list.count else { throw .damaged }
        self.init(
            id: id, startedAt: startedAt, evalrunVersion: evalrunVersion, mode: mode, planSHA256: planSHA256,
            suites: suites, options: options, maximum: maximum)
    }

    /// Whether a text can be the id of a run, and so the name of a folder: letters, digits, `.`, `_` and `-`, a letter
    /// or digit first, at most 100.
    static func isID(_ text: String) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 100 else {
            return false
        }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) }
    }
}
