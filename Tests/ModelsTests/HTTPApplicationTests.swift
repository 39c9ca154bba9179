import Diagnostics
import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Applications behind HTTP")
struct HTTPApplicationTests {
    private static let talk = [
        Message(role: .system, text: "Be brief."), Message(role: .user, text: "A?"),
        Message(role: .assistant, text: "a"), Message(role: .user, text: "B \"{{ x }}\"?"),
    ]

    private static let requests: [(JSONObject, ModelRequest, JSONValue)] = [
        ([:], specimen(), ["messages": [["role": "user", "content": "Hi"]], "model": "m"]),
        (
            [:], specimen("m", [], ["temperature": 0, "extra": ["top_k": 3]]),
            ["messages": [], "model": "m", "temperature": 0, "top_k": 3]
        ),
        (
            [:],
            specimen("m", [Message(role: .user, parts: [.text("a"), .image(path: "x.png", sha256: "0")])]),
            [
                "model": "m",
                "messages": [
                    [
                        "role": "user",
                        "content": [
                            ["type": "text", "text": "a"],
                            ["type": "image_url", "image_url": ["url": "data:image/png;base64,x.png"]],
                        ],
                    ]
                ],
            ]
        ),
        (
            [
                "body": [
                    "question": "{{ prompt }}", "n": 3, "deep": [["k": "v {{ model }} {{ sample }}"]],
                    "t": true,
                ]
            ],
            specimen("m", talk),
            ["question": "B \"{{ x }}\"?", "n": 3, "deep": [["k": "v m 2"]], "t": true]
        ),
        (
            [
                "body": [
                    "all": "{{ messages }}", "in": "{{ input | upper }}", "sys": "{{ system }}",
                    "p": "{{ parameters }}", "t": "{{ parameters.temperature }}", "tools": "{{ tools }}",
                    "schema": "{{ output_schema }}", "plain": "{ not a template }",
                    "last": "{% for m in messages %}{{ m.role }} {% endfor %}",
                ]
            ],
            specimen(
                "m", talk, ["temperature": 0.5], tools: [["name": "t"]], outputSchema: ["type": "object"]),
            [
                "all": .array(talk.map(\.json)), "in": "B \"{{ X }}\"?", "sys": "Be brief.",
                "p": ["temperature": 0.5], "t": 0.5, "tools": [["name": "t"]], "schema": ["type": "object"],
                "plain": "{ not a template }", "last": "system user assistant user ",
            ]
        ),
        (
            [:],
            specimen(
                "m",
                [
                    Message(role: .assistant, parts: [], toolCalls: [["id": "1", "name": "t"]]),
                    Message(role: .tool, parts: [.text("r")], toolCallID: "1"),
                ]),
            [
                "model": "m",
                "messages": [
                    ["role": "assistant", "content": "", "tool_calls": [["id": "1", "name": "t"]]],
                    ["role": "tool", "content": "r", "tool_call_id": "1"],
                ],
            ]
        ),
        (["body": "{{ prompt }}"], specimen(), "Hi"), (["body": "{{ output_schema }}"], specimen(), nil),
        (["body": "{{ prompt }}{{ system }}"], specimen("m", []), ""),
    ]

    @Test("sends", arguments: requests)
    func send(settings: JSONObject, request: ModelRequest, body: JSONValue) throws {
        #expect(HTTPApplication.mistakes(in: settings) == [])
        let call = try HTTPApplication(settings: settings).call(
            for: request, images: namedImages, streams: false)
        #expect(call == APICall(path: "", body: body))
    }

    @Test("The method is the written one")
    func method() throws {
        let api = try HTTPApplication(settings: ["method": "PUT"])
        #expect(try api.call(for: specimen(), images: .none, streams: false).method == "PUT")
    }

    @Test("What a template can't do with this request is an error of the execution, and a stream is none")
    func refused() throws {
        let api = try HTTPApplication(settings: ["body": ["x": ["{{ parameters.top_k }}"]]])
        let error = #expect(throws: EvaluationError.self) {
            try api.call(for: specimen(), images: .none, streams: false)
        }
        #expect(error?.kind == .template)
        #expect(error?.message.contains("'body/x/0'") == true, "\(error?.message ?? "")")
        #expect(
            #expect(throws: EvaluationError.self) {
                try HTTPApplication(settings: [:]).call(for: specimen(), images: .none, streams: true)
            }?.kind == .provider)
    }

    @Test(
        "Settings are checked",
        arguments: [
            (["body": ["a": "{{ prompt"]], ["body"]), (["body": ["{{ promt }}"]], ["body"]),
            (["body": "{{ row.x }}"], ["body"]), (["body": "{{ row is defined }}"], []),
            (["body": "{{ prompt | nope }}"], ["body"]), (["body": "{% include 'a' %}"], ["body"]),
            (["answer": "reply"], ["answer"]), (["answer": "$.a["], ["answer"]), (["answer": 7], ["answer"]),
            (["answer": "$.reply", "context": "$.chunks[*].text", "usage": "/usage"], []),
            (
                [
                    "tool_calls": "$..", "usage": "", "served_model": "x", "finish_reason": "$x",
                    "context": "$[",
                ],
                ["context", "tool_calls", "usage", "served_model", "finish_reason"]
            ),
            (["method": "DELETE"], ["method"]), (["method": 1], ["method"]), (["method": "GET"], []),
        ] as [(JSONObject, [String])])
    func mistakes(settings: JSONObject, keys: [String]) {
        let mistakes = HTTPApplication.mistakes(in: settings)
        #expect(mistakes.map(\.key) == keys, "\(mistakes)")
        #expect((try? HTTPApplication(settings: settings)) == nil || keys.isEmpty)
    }

    @Test("Mistakes say what is wrong and what to do")
    func words() {
        #expect(
            HTTPApplication.mistakes(in: ["body": ["q": "{{ promt }}"]]) == [
                SettingMistake(
                    key: "body", message: "'body/q' uses 'promt', which a body does not know",
                    hint: "did you mean 'prompt'?")
            ])
        let error = #expect(throws: DiagnosticError.self) {
            try HTTPApplication(settings: ["answer": "$.a["])
        }
        #expect(
            error?.diagnostics.first?.message.contains("character 5") == true, "\(String(describing: error))")
    }

    @Test(
        "Tools and parameters without a place in the body are warned about",
        arguments: [
            ([:], ["tools"]), (["body": ["{{ prompt }}"]], ["tools", "parameters (seed)"]),
            (["body": ["{{ parameters }}", "{{ tools | length }}"]], []),
        ] as [(JSONObject, [String])])
    func complain(settings: JSONObject, missing: [String]) throws {
        let request = specimen("m", [], ["seed": 1], tools: [["name": "t"]])
        let complaints = try HTTPApplication(settings: settings).complaints(about: request)
        #expect(
            complaints.map(\.message)
                == missing.map { "the body of the application has no place for the \($0) of the request" })
        #expect(complaints.allSatisfy { !$0.isError })
    }

    // MARK: - Responses

    private static let rag =
        #"{"reply": "Hi", "n": 7, "o": {"a": [1]}, "null": null, "chunks": [{"text": "A"}, {"text": {"b": 1}}], "#
        + #""meta": {"model": "m-1", "why": "end_turn", "usage": {"prompt_tokens": 5, "completion_tokens": 2}}, "#
        + #""calls": [{"id": "c", "function": {"name": "t", "arguments": "{\"a\": 1}"}}, {"name": "u", "args": {"b": 2}}, 7]}"#

    private static let replies: [(JSONObject, String, Reply)] = [
        ([:], "plain text\n", Reply(content: "plain text\n")), ([:], #" "a\nb" "#, Reply(content: "a\nb")),
        ([:], #"{"a": 1}"#, Reply(content: #"{"a": 1}"#)), ([:], "7", Reply(content: "7")),
        (["answer": "$.reply"], rag, Reply(content: "Hi")), (["answer": "$.n"], rag, Reply(content: "7")),
        (["answer": "/o"], rag, Reply(content: #"{"a":[1]}"#)),
        (["answer": "$.chunks[0:1].text"], rag, Reply(content: "A")),
        (["answer": "$.chunks[*].text"], rag, Reply(content: #"["A",{"b":1}]"#)),
        (
            [
                "answer": "$.reply", "context": "$.chunks[*].text", "usage": "$.meta.usage",
                "served_model": "$.meta.model", "finish_reason": "$.meta.why", "tool_calls": "$.calls",
            ], rag,
            Reply(
                servedModel: "m-1", content: "Hi", finishReason: "stop",
                toolCalls: [
                    ["id": "c", "name": "t", "arguments": ["a": 1]], ["name": "u", "arguments": ["b": 2]], 7,
                ], usage: Usage(inputTokens: 5, outputTokens: 2), context: ["A", #"{"b":1}"#])
        ),
        (
            ["answer": "$.reply", "context": "$.c", "usage": "$.u"],
            #"{"reply": "x", "c": ["A", "B"], "u": {"input_tokens": 1, "output_tokens": 2, "reasoning_tokens": 1}}"#,
            Reply(
                content: "x", usage: Usage(inputTokens: 1, outputTokens: 2, reasoningTokens: 1),
                context: ["A", "B"])
        ),
        (
            [
                "answer": "$.reply", "context": "$.x", "usage": "$.x", "served_model": "$.x",
                "finish_reason": "$.x",
                "tool_calls": "$.x",
            ], rag, Reply(content: "Hi", context: [])
        ),
        (
            ["answer": "$.text", "tool_calls": "$.calls[0:1]"], rag,
            Reply(content: nil, toolCalls: [["id": "c", "name": "t", "arguments": ["a": 1]]])
        ),
        (
            ["context": "$.chunks[0].text"], #"{"chunks": [{"text": "A"}]}"#,
            Reply(content: #"{"chunks": [{"text": "A"}]}"#, context: ["A"])
        ),
    ]

    @Test("reads", arguments: replies)
    func read(settings: JSONObject, body: String, reply: Reply) throws {
        var reply = reply
        reply.requestID = "req_1"
        #expect(try HTTPApplication(settings: settings).reply(from: response(body)) == reply)
    }

    @Test(
        "fails with",
        arguments: [
            (
                200, ["answer": "$.text"], #"{"reply": 1}"#, .unreadable,
                #"the output has nothing at $.text: {"reply": 1}"#
            ),
            (
                200, ["answer": "$.a"], #"{"a": null}"#, .unreadable,
                #"the output has nothing at $.a: {"a": null}"#
            ),
            (
                200, ["answer": "$.a"], "<html>", .unreadable,
                "the output is no JSON, and 'answer' looks for something in it: <html>"
            ),
            (
                200, ["usage": "$.a"], "", .unreadable,
                "the output is no JSON, and 'usage' looks for something in it"
            ),
            (200, [:], "", .unreadable, "the output is empty"),
            (500, [:], #"{"detail": "boom"}"#, .unavailable, "boom"),
            (422, [:], #"{"message": "bad"}"#, .rejected, "bad"),
            (401, [:], "no", .authentication, "no"), (429, [:], #"{"error": "slow"}"#, .rateLimited, "slow"),
            (301, [:], "", .rejected, "status 301 without a message"),
        ] as [(Int, JSONObject, String, CallFailure.Kind, String)])
    func fail(status: Int, settings: JSONObject, body: String, kind: CallFailure.Kind, message: String) throws
    {
        let api = try HTTPApplication(settings: settings)
        let failure = #expect(throws: CallFailure.self) {
            try api.reply(from: response(body, status: status))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.message == message)
    }

    @Test("Bytes that are no UTF-8, and streams, are no answer")
    func unreadable() throws {
        let api = try HTTPApplication(settings: [:])
        for response in [APIResponse(status: 200, body: [0xFF, 0x41]), APIResponse(status: 200, events: [])] {
            #expect(#expect(throws: CallFailure.self) { try api.reply(from: response) }?.kind == .unreadable)
        }
        #expect(!api.isToken(ServerSentEvent(data: "x")))
    }
}
