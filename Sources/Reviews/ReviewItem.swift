public import JSON
import Files

/// One answer for a person to judge: what a judge would see of it, and nothing of where it comes from.
public struct ReviewItem: Sendable, Hashable {
    /// What was asked; nil when that is not known.
    public var question: String?
    /// The retrieved texts.
    public var context: [String]
    /// The right answer; nil when there is none.
    public var reference: String?
    /// What the answer is judged by; nil when that is not known.
    public var criteria: String?
    /// The answer.
    public var answer: String
    /// The variables that the criteria use; nobody is shown them, but a judge needs them again.
    public var variables: JSONObject

    /// Creates an item.
    public init(
        question: String? = nil, context: [String] = [], reference: String? = nil, criteria: String? = nil,
        answer: String, variables: JSONObject = [:]
    ) {
        self.question = question
        self.context = context
        self.reference = reference
        self.criteria = criteria
        self.answer = answer
        self.variables = variables
    }

    /// The name of the item in sheets and labels: a hash of all that it says.
    ///
    /// It says nothing of case, prompt or model, and a label holds for exactly what its labeler saw: once a text
    /// changes, so does the id. It begins with a letter, since spreadsheets take `12e45` for a number.
    public var id: String { "r" + ContentHash.sha256Hex(CanonicalJSON.bytes(of: json)).prefix(16) }

    /// All of it as JSON; `init(json:)` reads it back.
    public var json: JSONValue {
        var members = shown
        if !variables.isEmpty { members.append(("vars", .object(variables))) }
        return .object(pairs: members)
    }

    /// Reads back what `json` gave; nil for anything else.
    public init?(json: JSONValue) {
        guard let answer = json["answer"]?.string else { return nil }
        self.init(
            question: json["question"]?.string,
            context: json["context"]?.array?.compactMap(\.string) ?? [],
            reference: json["reference"]?.string, criteria: json["criteria"]?.string, answer: answer,
            variables: json["vars"]?.object ?? [:])
    }

    /// What a labeler is shown, for the page.
    var page: JSONValue { .object(pairs: [("id", .string(id))] + shown) }

    /// The line of a file of labels.
    ///
    /// - Parameter labeler: Who said so.
    public func label(passes: Bool, by labeler: String) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("id", .string(id)), ("output", .string(answer)), ("label", .string(passes ? "pass" : "fail")),
        ]
        if let question { members.append(("question", .string(question))) }
        if !context.isEmpty { members.append(("context", .array(context.map { .string($0) }))) }
        if let reference { members.append(("reference", .string(reference))) }
        if !variables.isEmpty { members.append(("vars", .object(variables))) }
        members.append(("labeler", .string(labeler)))
        return .object(pairs: members)
    }

    private var shown: [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if let question { members.append(("question", .string(question))) }
        if !context.isEmpty { members.append(("context", .array(context.map { .string($0) }))) }
        if let reference { members.append(("reference", .string(reference))) }
        if let criteria { members.append(("criteria", .string(criteria))) }
        members.append(("answer", .string(answer)))
        return members
    }
}
