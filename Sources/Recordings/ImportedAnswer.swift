import Diagnostics
import Evals
import JSON

/// One line of a file of answers: what it answers, and the answer.
struct ImportedAnswer {
    /// The suite's name.
    var suite: String
    /// The case's id.
    var caseID: String
    /// The prompt's reference; nil when there is only one.
    var prompt: String?
    /// The model's alias; nil when there is only one.
    var model: String?
    /// Which sample, from 1.
    var sample: Int
    /// Which turn, from 1.
    var step: Int
    /// The answer.
    var reply: Reply
    /// When it was given; nil when unknown.
    var recordedAt: String?
    /// The line in the file, from 1.
    var line: Int

    private static let addressKeys = ["suite", "case", "prompt", "model", "sample", "step", "recorded_at"]
    private static let replyKeys = Reply.recordedKeys.filter { $0 != "model" } + ["served_model"]

    /// Reads a line; the mistake is told without its place.
    init(json: JSONValue, line: Int) throws(RecordingMistake) {
        guard case .object(let members) = json else {
            throw RecordingMistake("a line is an object, not \(json.typeName)")
        }
        let known = Self.addressKeys + Self.replyKeys + ["response"]
        for key in members.keys where !known.contains(key) {
            let guess = Spelling.nearest(to: key, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw RecordingMistake("unknown key '\(key)'\(guess)")
        }
        func text(_ key: String) throws(RecordingMistake) -> String? {
            guard let value = members[key], !value.isNull else { return nil }
            guard let text = value.string else { throw RecordingMistake("'\(key)' is a text") }
            return text
        }
        func count(_ key: String) throws(RecordingMistake) -> Int {
            guard let value = members[key], !value.isNull else { return 1 }
            guard let number = value.integer, number >= 1 else {
                throw RecordingMistake("'\(key)' is a whole number from 1")
            }
            return number
        }
        guard let suite = try text("suite") else { throw RecordingMistake("the line needs 'suite'") }
        guard let caseID = try text("case") else { throw RecordingMistake("the line needs 'case'") }
        self.suite = suite
        self.caseID = caseID
        prompt = try text("prompt")
        model = try text("model")
        sample = try count("sample")
        step = try count("step")
        recordedAt = try text("recorded_at")
        if let recordedAt { try RecordedTime.check(recordedAt) }
        self.line = line
        reply = try Self.reply(members)
    }

    private static func reply(_ members: JSONObject) throws(RecordingMistake) -> Reply {
        if let response = members["response"], !response.isNull {
            if let other = replyKeys.first(where: { members[$0] != nil }) {
                throw RecordingMistake("'\(other)' stands beside 'response'; write it inside")
            }
            if let text = response.string { return Reply(content: text, finishReason: "stop") }
            return try completed(Reply(recordedJSON: response))
        }
        var response = JSONObject()
        for key in replyKeys { if let value = members[key] { response[key] = value } }
        response["model"] = response["served_model"]
        response["served_model"] = nil
        return try completed(Reply(recordedJSON: .object(response)))
    }

    /// The reply with the finish reason that follows from what it holds.
    private static func completed(_ reply: Reply) -> Reply {
        var reply = reply
        if reply.finishReason == nil { reply.finishReason = reply.toolCalls.isEmpty ? "stop" : "tool_calls" }
        return reply
    }

    /// True when it is an answer to this request.
    func answers(_ request: ModelRequest) -> Bool {
        let site = request.site
        return site.purpose == "answer" && request.call == 1 && sample == request.sample && step == site.step
            && (prompt == nil || prompt == site.prompt) && (model == nil || model == site.model)
    }
}
