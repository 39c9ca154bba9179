public import JSON

/// The exchanges of one case with one prompt and one model.
public struct Recording: Sendable, Hashable {
    /// The version of the format that is written and read.
    public static let version = 1

    /// The case's id.
    public var caseID: String
    /// What was asked and answered: by purpose, step and sample.
    public var exchanges: [Exchange]

    /// Creates a recording.
    public init(caseID: String, exchanges: [Exchange]) {
        self.caseID = caseID
        self.exchanges = exchanges
    }

    /// The members in the order in which files have them.
    public var json: JSONObject {
        [
            "evalrun_fixture": .integer(Self.version), "case": .string(caseID),
            "exchanges": .array(exchanges.map { .object($0.json) }),
        ]
    }

    /// Reads what `json` writes; in a row of a pack the version stands in the pack's first line instead.
    init(json: JSONValue, isRow: Bool) throws(RecordingMistake) {
        guard case .object(let members) = json else {
            throw RecordingMistake("a recording is a mapping, not \(json.typeName)")
        }
        if members["evalrun_fixture"] != nil || !isRow { try Self.checkVersion(members) }
        try RecordingMistake.checkKeys(
            of: members, in: "the recording", known: ["evalrun_fixture", "case", "exchanges"])
        guard let caseID = members["case"]?.string else {
            throw RecordingMistake("the recording needs 'case', the case's id as a text")
        }
        guard let list = members["exchanges"]?.array else {
            throw RecordingMistake("the recording needs 'exchanges', a list")
        }
        var exchanges: [Exchange] = []
        exchanges.reserveCapacity(list.count)
        for (index, element) in list.enumerated() {
            do throws(RecordingMistake) {
                exchanges.append(try Exchange(json: element))
            } catch {
                throw RecordingMistake(error.message, exchange: index)
            }
        }
        self.init(caseID: caseID, exchanges: exchanges)
        try checkLabels()
    }

    /// Checks `evalrun_fixture`.
    static func checkVersion(_ members: JSONObject) throws(RecordingMistake) {
        guard let version = members["evalrun_fixture"] else {
            throw RecordingMistake("the recording needs 'evalrun_fixture: \(Self.version)'")
        }
        guard version.integer == Self.version else {
            throw RecordingMistake(
                "the recording has the format version \(version), and this evalrun reads version \(Self.version)"
            )
        }
    }

    /// Puts exchanges in: an answer takes the place of the one with its step and sample, and any exchange of the one
    /// with its key.
    ///
    /// A judge may ask several questions under one label, so those with another key stay.
    mutating func replace(with new: [Exchange]) {
        let kept = exchanges.filter { old in !new.contains { $0.replaces(old) } }
        exchanges = (kept + new).sorted { left, right in
            if left.purpose != right.purpose {
                // The answer comes before the judges' opinions about it.
                return left.purpose == "answer" || right.purpose != "answer" && left.purpose < right.purpose
            }
            return (left.step, left.sample, left.requestSHA256) < (
                right.step, right.sample, right.requestSHA256
            )
        }
    }
}
