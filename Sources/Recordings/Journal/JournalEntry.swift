public import Evals
import JSON

/// One finished call of a run: the exchange, and for what it was made.
public struct JournalEntry: Sendable, Hashable {
    /// For what the call was made.
    public var site: CallSite
    /// The alias or inline name of the model that was asked: a judge is another one than the site's.
    public var asked: String
    /// The number of the call among equal ones of its execution, from 1.
    public var call: Int
    /// Where the answer came from: `live`, or `cached` for one of the cache across runs.
    public var source: Answer.Source
    /// What the user should know about the answer.
    public var notice: String?
    /// The redacted request and its redacted reply.
    public var exchange: Exchange

    /// Creates an entry.
    ///
    /// - Parameter asked: The model that was asked; nil: the site's.
    public init(
        site: CallSite, asked: String? = nil, call: Int, source: Answer.Source, notice: String? = nil,
        exchange: Exchange
    ) {
        self.site = site
        self.asked = asked ?? site.model
        self.call = call
        self.source = source
        self.notice = notice
        self.exchange = exchange
    }

    /// The line with its line feed.
    var line: [UInt8] {
        var members: JSONObject = [
            "suite": .string(site.suite), "case": .string(site.caseID), "prompt": .string(site.prompt),
            "model": .string(site.model),
        ]
        if site.isDatasetRow { members["is_dataset_row"] = true }
        if asked != site.model { members["asked"] = .string(asked) }
        members["call"] = .integer(call)
        members["source"] = .string(source.rawValue)
        if let notice { members["notice"] = .string(notice) }
        members["exchange"] = .object(exchange.jsonWithoutKey)
        return CheckedLine.bytes(key: exchange.requestSHA256, members: members)
    }

    /// Reads what `line` writes, without the line feed; nil for anything else.
    init?(line: [UInt8]) {
        guard let (key, members) = CheckedLine.read(line), let suite = members["suite"]?.string,
            let caseID = members["case"]?.string, let prompt = members["prompt"]?.string,
            let model = members["model"]?.string, let call = members["call"]?.integer, call >= 1,
            let source = members["source"]?.string.flatMap({ Answer.Source(rawValue: $0) }),
            let exchange = try? Exchange(withoutKey: members["exchange"] ?? .null, key: key)
        else { return nil }
        self.init(
            site: CallSite(
                suite: suite, caseID: caseID, prompt: prompt, model: model, purpose: exchange.purpose,
                step: exchange.step, isDatasetRow: members["is_dataset_row"]?.bool ?? false),
            asked: members["asked"]?.string,
            call: call, source: source, notice: members["notice"]?.string, exchange: exchange)
    }
}
