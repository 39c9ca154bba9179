public import Evals
public import JSON

/// One request and its reply, as recorded.
public struct Exchange: Sendable, Hashable {
    /// What the call was for: `answer`, `judge/METRIC`, `embedding/METRIC`; a label, no part of the key.
    public var purpose: String
    /// The turn of a multi-turn case, from 1.
    public var step: Int
    /// Which of the repeated samples, from 1.
    public var sample: Int
    /// The key: 64 lower-case hexadecimal digits.
    public var requestSHA256: String
    /// The normalized request, redacted.
    public var request: JSONObject
    /// The reply, redacted.
    public var response: Reply
    /// When it was recorded, as RFC 3339 in UTC; nil when unknown.
    public var recordedAt: String?
    /// How often it was made anew for an unchanged request, with another answer, since someone has looked at it.
    public var rerolled: Int

    /// The most marks that a file may have: marks are added up, and nobody records this often.
    static let maximumRerolled = 1_000_000

    /// Creates an exchange.
    public init(
        purpose: String = "answer", step: Int = 1, sample: Int = 1, requestSHA256: String,
        request: JSONObject,
        response: Reply, recordedAt: String? = nil, rerolled: Int = 0
    ) {
        self.purpose = purpose
        self.step = step
        self.sample = sample
        self.requestSHA256 = requestSHA256
        self.request = request
        self.response = response
        self.recordedAt = recordedAt
        self.rerolled = rerolled
    }

    /// The exchange of a redacted request and its redacted reply.
    public init(request: ModelRequest, response: Reply, recordedAt: String?) {
        self.init(
            purpose: request.site.purpose, step: request.site.step, sample: request.sample,
            requestSHA256: RequestKey.sha256(of: request), request: request.json, response: response,
            recordedAt: recordedAt)
    }

    /// True when both are for the same purpose, step and sample.
    func hasLabel(of other: Exchange) -> Bool {
        purpose == other.purpose && step == other.step && sample == other.sample
    }

    /// True when an older exchange has to go once this one is there: one with its key, or an answer to the same
    /// sample of the same step.
    func replaces(_ old: Exchange) -> Bool {
        requestSHA256 == old.requestSHA256 || purpose == "answer" && hasLabel(of: old)
    }

    /// True when it is for the purpose, step and sample of a request.
    func hasLabel(of request: ModelRequest) -> Bool {
        purpose == request.site.purpose && step == request.site.step && sample == request.sample
    }

    /// The members in the order in which files have them.
    var json: JSONObject {
        var members: JSONObject = [
            "for": .string(purpose), "step": .integer(step), "sample": .integer(sample),
        ]
        if rerolled > 0 { members["rerolled"] = .integer(rerolled) }
        members["request_sha256"] = .string(requestSHA256)
        members["request"] = .object(request)
        members["response"] = .object(response.recordedJSON)
        if let recordedAt { members["recorded_at"] = .string(recordedAt) }
        return members
    }

    /// Reads what `json` writes.
    init(json: JSONValue) throws(RecordingMistake) {
        guard case .object(let members) = json else {
            throw RecordingMistake("an exchange is a mapping, not \(json.typeName)")
        }
        try RecordingMistake.checkKeys(
            of: members, in: "the exchange",
            known: [
                "for", "step", "sample", "rerolled", "request_sha256", "request", "response", "recorded_at",
            ])
        guard let purpose = members["for"]?.string, !purpose.isEmpty else {
            throw RecordingMistake("the exchange needs 'for': answer, judge/METRIC or embedding/METRIC")
        }
        func count(_ key: String, without: Int = 1) throws(RecordingMistake) -> Int {
            guard let value = members[key] else { return without }
            guard let number = value.integer, number >= 1 else {
                throw RecordingMistake("'\(key)' is a whole number from 1")
            }
            return number
        }
        guard let key = members["request_sha256"]?.string, RequestKey.isKey(key) else {
            throw RecordingMistake("'request_sha256' is 64 lower-case hexadecimal digits")
        }
        guard let request = members["request"]?.object else {
            throw RecordingMistake("the exchange needs 'request', a mapping")
        }
        try RecordingMistake.checkKeys(
            of: request, in: "the request",
            known: ["model", "parameters", "messages", "tools", "output_schema"])
        guard let response = members["response"] else {
            throw RecordingMistake("the exchange needs 'response'")
        }
        var recordedAt: String?
        if let value = members["recorded_at"], !value.isNull {
            guard let text = value.string else { throw RecordingMistake("'recorded_at' is a text") }
            try RecordedTime.check(text)
            recordedAt = text
        }
        let rerolled = try count("rerolled", without: 0)
        guard rerolled <= Self.maximumRerolled else {
            throw RecordingMistake("'rerolled' is at most \(Self.maximumRerolled)")
        }
        self.init(
            purpose: purpose, step: try count("step"), sample: try count("sample"), requestSHA256: key,
            request: request, response: try Reply(recordedJSON: response), recordedAt: recordedAt,
            rerolled: rerolled)
    }
}
