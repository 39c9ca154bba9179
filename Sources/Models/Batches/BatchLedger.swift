import JSON

/// The batches of a run, as its folder keeps them: `batches.json`.
///
/// Written before a batch is submitted and after, so that neither a finished batch nor one that was being submitted is
/// lost with the process.
public struct BatchLedger: Sendable, Hashable {
    /// The version of the format that is written and read.
    public static let version = 1

    /// One batch.
    struct Part: Sendable, Hashable {
        /// Its number in the run, from 1.
        var number: Int
        /// The name of the model.
        var model: String
        /// Before it was submitted, in whole Unix seconds.
        var submittedAt: Int
        /// The provider's id; nil until that is known.
        var batchID: String?
        /// The ids of its requests: each tells the key of its request.
        var customIDs: [String]
        /// Batches that were taken for this one, and are another run's.
        var foreignIDs: [String] = []
        /// True once the run has taken all that there is to take of it.
        var isCollected = false

        /// The members in the order of the file; the ids of a batch that is collected are of no use any more.
        var json: JSONValue {
            var members: JSONObject = [
                "part": .integer(number), "model": .string(model), "submitted_at": .integer(submittedAt),
                "batch_id": batchID.map { .string($0) } ?? .null,
                "requests": .integer(customIDs.count), "is_collected": .bool(isCollected),
            ]
            if !isCollected {
                if !foreignIDs.isEmpty { members["foreign_ids"] = .array(foreignIDs.map { .string($0) }) }
                members["custom_ids"] = .array(customIDs.map { .string($0) })
            }
            return .object(members)
        }

        /// Creates a part.
        init(number: Int, model: String, submittedAt: Int, batchID: String? = nil, customIDs: [String]) {
            self.number = number
            self.model = model
            self.submittedAt = submittedAt
            self.batchID = batchID
            self.customIDs = customIDs
        }

        /// Reads what `json` writes.
        init?(_ json: JSONValue) {
            guard let number = json["part"]?.integer, number >= 1, let model = json["model"]?.string,
                let time = json["submitted_at"]?.integer, let isCollected = json["is_collected"]?.bool
            else { return nil }
            let ids = json["custom_ids"]?.array ?? []
            self.init(
                number: number, model: model, submittedAt: time, batchID: json["batch_id"]?.string,
                customIDs: ids.compactMap(\.string))
            self.isCollected = isCollected
            foreignIDs = (json["foreign_ids"]?.array ?? []).compactMap(\.string)
            guard customIDs.count == ids.count, isCollected || json["requests"]?.integer == ids.count else {
                return nil
            }
        }
    }

    /// The batches in the order in which they were submitted.
    var parts: [Part] = []

    /// Creates a ledger without batches.
    public init() {}

    /// Reads what `bytes` gives; nil for anything else, another version included.
    public init?(bytes: [UInt8]) {
        guard let json = try? JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes),
            json["evalrun_batches"]?.integer == Self.version, let list = json["parts"]?.array
        else { return nil }
        parts = list.compactMap { Part($0) }
        guard parts.count == list.count, Set(parts.map(\.number)).count == parts.count else { return nil }
    }

    /// The whole file.
    public var bytes: [UInt8] {
        JSONWriter.pretty.bytes(of: [
            "evalrun_batches": .integer(Self.version), "parts": .array(parts.map(\.json)),
        ]) + [0x0A]
    }

    /// The number of batches whose answers are still to come or to be taken.
    public var open: Int { parts.count { !$0.isCollected } }

    /// The number for the next batch.
    var nextNumber: Int { (parts.map(\.number).max() ?? 0) + 1 }

    /// The provider's ids that need not be looked at any more: those of the parts, and those of other runs.
    var knownIDs: Set<String> { Set(parts.flatMap { $0.foreignIDs + [$0.batchID].compactMap(\.self) }) }

    /// Changes a part; nothing when there is none with this number.
    mutating func change(_ number: Int, _ body: (inout Part) -> Void) {
        guard let index = parts.firstIndex(where: { $0.number == number }) else { return }
        body(&parts[index])
    }
}
