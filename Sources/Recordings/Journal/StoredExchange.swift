import Evals
import JSON

/// An exchange inside a line of a journal or a file of the cache, which has the key already.
extension Exchange {
    /// The members without the key.
    var jsonWithoutKey: JSONObject {
        var members = json
        members["request_sha256"] = nil
        return members
    }

    /// Reads what `jsonWithoutKey` writes.
    ///
    /// Recordings refuse a response without any answer, and one that ended for an unknown reason, since it may be a slip
    /// of whoever edited the file. Here it is what a model gave, for example nothing, since a filter stopped it.
    init(withoutKey json: JSONValue, key: String) throws(RecordingMistake) {
        guard var members = json.object, var response = members["response"]?.object else {
            throw RecordingMistake("the exchange needs 'response'")
        }
        let isEmpty = ["content", "refusal", "tool_calls"].allSatisfy { response[$0] == nil }
        if isEmpty { response["content"] = "" }
        let reason = response["finish_reason"]?.string
        response["finish_reason"] = nil
        members["response"] = .object(response)
        members["request_sha256"] = .string(key)
        try self.init(json: .object(members))
        if isEmpty { self.response.content = nil }
        self.response.finishReason = reason
    }
}
