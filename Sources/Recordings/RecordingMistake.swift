import JSON

/// Why a value is no recording.
struct RecordingMistake: Error, Hashable {
    /// What is wrong, without a full stop.
    var message: String
    /// The exchange it is in, from 0; nil for the recording itself.
    var exchange: Int?

    /// Creates a mistake.
    init(_ message: String, exchange: Int? = nil) {
        self.message = message
        self.exchange = exchange
    }

    /// Checks that an object has known keys only.
    static func checkKeys(
        of members: JSONObject, in place: String, known: [String]
    ) throws(RecordingMistake) {
        for key in members.keys where !known.contains(key) {
            throw RecordingMistake("\(place) has the unknown key '\(key)'")
        }
    }
}
