import Evals
import HTTP
import JSON
import Models
import Testing

/// A request and the body that shall be sent for it.
struct BodyRow: Sendable, CustomTestStringConvertible {
    /// What the row shows.
    let testDescription: String
    /// The parameters, as JSON.
    let parameters: String
    /// The messages.
    let messages: [Message]
    /// The tools, as JSON.
    let tools: String
    /// The output schema, as JSON; empty for none.
    let schema: String
    /// The whole body, as JSON.
    let body: String

    /// Creates a row; without messages a user says `hi`.
    init(
        _ description: String, _ parameters: String = "{}",
        messages: [Message] = [.init(role: .user, text: "hi")],
        tools: String = "[]", schema: String = "", body: String
    ) {
        testDescription = description
        self.parameters = parameters
        self.messages = messages
        self.tools = tools
        self.schema = schema
        self.body = body
    }

    /// The request to a model.
    func request(model: String) throws -> ModelRequest {
        try .of(model, parameters, messages: messages, tools: tools, schema: schema)
    }
}

/// A request and what is said of it before it is sent.
struct ComplaintRow: Sendable, CustomTestStringConvertible {
    /// What the row shows.
    let testDescription: String
    /// The model's id.
    let model: String
    /// The parameters, as JSON.
    let parameters: String
    /// The messages.
    let messages: [Message]
    /// The tools, as JSON.
    let tools: String
    /// The output schema, as JSON; empty for none.
    let schema: String
    /// `error ID: message` or `warning ID: message`, without the rest of the message.
    let expected: [String]

    /// Creates a row; without messages a user says `hi`.
    init(
        _ description: String, _ model: String, _ parameters: String,
        messages: [Message] = [.init(role: .user, text: "hi")], tools: String = "[]", schema: String = "",
        _ expected: String...
    ) {
        testDescription = description
        self.model = model
        self.parameters = parameters
        self.messages = messages
        self.tools = tools
        self.schema = schema
        self.expected = expected
    }

    /// Compares what an API says, and that a call is refused exactly when there is an error.
    func check(_ api: some ModelAPI) throws {
        let request = try ModelRequest.of(model, parameters, messages: messages, tools: tools, schema: schema)
        let found = api.complaints(about: request)
        let shown = found.map { "\($0.isError ? "error" : "warning") \($0.id): \($0.message)" }
        #expect(shown.count == expected.count, "\(shown)")
        for (text, beginning) in zip(shown, expected) {
            #expect(text.hasPrefix(beginning), "\(text)")
        }
        let refusal = found.first(where: \.isError)
        do {
            _ = try api.call(for: request, images: .none, streams: false)
            #expect(refusal == nil)
        } catch {
            #expect(error == refusal.map { .init(.provider, $0.message, hint: $0.hint) })
        }
    }
}

/// A response with an error and the failure that it means.
struct FailureRow: Sendable, CustomTestStringConvertible {
    /// What the row shows.
    let testDescription: String
    /// The response.
    let response: APIResponse
    /// The failure.
    let failure: CallFailure

    /// Creates a row from a status, fields and a body.
    init(_ status: Int, _ body: String, headers: HeaderFields = [:], _ failure: CallFailure) {
        testDescription = "\(status) \(failure.code ?? body.prefix(40).description) is \(failure.kind)"
        response = APIResponse(status: status, headers: headers, body: Array(body.utf8))
        self.failure = failure
    }
}

/// A response with a good status and the reply in it; nil: it can't be read.
struct ReplyRow: Sendable, CustomTestStringConvertible {
    /// What the row shows.
    let testDescription: String
    /// The response.
    let response: APIResponse
    /// The reply, or the failure.
    let expected: Result<Reply, CallFailure>

    /// Creates a row from a body.
    init(_ description: String, headers: HeaderFields = [:], _ body: String, _ reply: Reply) {
        testDescription = description
        response = APIResponse(status: 200, headers: headers, body: Array(body.utf8))
        expected = .success(reply)
    }

    /// Creates a row from a body that is no answer.
    init(_ description: String, headers: HeaderFields = [:], _ body: String, fails failure: CallFailure) {
        testDescription = description
        response = APIResponse(status: 200, headers: headers, body: Array(body.utf8))
        expected = .failure(failure)
    }

    /// Creates a row from the data of a stream's events, whose types are the data's.
    init(
        _ description: String, headers: HeaderFields = [:], stream: [String],
        _ expected: Result<Reply, CallFailure>
    ) {
        testDescription = description
        let events = stream.map { data in
            ServerSentEvent(type: (try? JSONParser().parse(data))?["type"]?.string, data: data)
        }
        response = APIResponse(status: 200, headers: headers, events: events)
        self.expected = expected
    }

    /// Compares what an API reads.
    func check(_ api: some ModelAPI) {
        let found = Result { () throws(CallFailure) in try api.reply(from: response) }
        #expect(found == expected)
    }
}

extension ModelRequest {
    /// A request from JSON texts.
    static func of(
        _ model: String, _ parameters: String = "{}", messages: [Message] = [.init(role: .user, text: "hi")],
        tools: String = "[]", schema: String = ""
    ) throws -> ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: "alias", provider: "p", model: model),
            parameters: try #require(JSONParser().parse(parameters).object), messages: messages,
            tools: try #require(JSONParser().parse(tools).array),
            outputSchema: schema.isEmpty ? JSONValue?.none : try JSONParser().parse(schema),
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "alias"))
    }
}

extension ImageSource {
    /// Gives every image the same bytes, those of `abc`.
    static let sample = ImageSource { (path) throws(EvaluationError) in
        guard path.hasSuffix(".png") else { throw EvaluationError(.provider, "\(path) is no image") }
        return Image(mediaType: "image/png", base64: "YWJj")
    }
}

extension Message {
    /// A user asks, the assistant calls a tool twice, both calls are answered, and the user goes on.
    static let toolTalk: [Message] = [
        Message(role: .user, text: "weather?"),
        Message(
            role: .assistant, parts: [],
            toolCalls: [
                ["id": "a", "name": "weather", "arguments": ["city": "Bonn"]],
                ["id": "b", "name": "weather", "arguments": "{\"city\": \"Ulm\"}"],
            ]),
        Message(role: .tool, parts: [.text("rain")], toolCallID: "a"),
        Message(role: .tool, parts: [.text("{\"sky\": \"blue\"}")], toolCallID: "b"),
        Message(role: .user, text: "and?"),
    ]
}
