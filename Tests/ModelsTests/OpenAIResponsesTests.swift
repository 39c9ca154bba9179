import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("The Responses API")
struct OpenAIResponsesTests {
    private let api = OpenAIResponses()

    private static let strict: JSONValue = [
        "type": "object", "properties": ["a": ["type": "string"]], "required": ["a"],
        "additionalProperties": false,
    ]

    // MARK: - Requests

    private static let requests: [(ModelRequest, JSONValue)] = [
        (specimen(), ["model": "m", "input": [["role": "user", "content": "Hi"]]]),
        (
            specimen(
                "m",
                [
                    Message(role: .system, text: "Be brief."), Message(role: .user, text: "A?"),
                    Message(role: .assistant, text: "a"), Message(role: .user, text: "B?"),
                ]),
            [
                "model": "m",
                "input": [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "A?"],
                    ["role": "assistant", "content": "a"], ["role": "user", "content": "B?"],
                ],
            ]
        ),
        (
            specimen(
                "m",
                [
                    Message(
                        role: .user, parts: [.text("What is it?"), .image(path: "a/b.png", sha256: "00")]),
                    Message(role: .assistant, parts: [.text("x"), .text("y")]),
                ]),
            [
                "model": "m",
                "input": [
                    [
                        "role": "user",
                        "content": [
                            ["type": "input_text", "text": "What is it?"],
                            ["type": "input_image", "image_url": "data:image/png;base64,a/b.png"],
                        ],
                    ],
                    [
                        "role": "assistant",
                        "content": [
                            ["type": "output_text", "text": "x"], ["type": "output_text", "text": "y"],
                        ],
                    ],
                ],
            ]
        ),
        (
            specimen(
                "m",
                [
                    Message(role: .user, text: "Q"),
                    Message(
                        role: .assistant, parts: [.text("Let me look.")],
                        toolCalls: [["name": "look", "arguments": ["id": 7]]]),
                    Message(role: .tool, text: "found"),
                    Message(
                        role: .assistant, parts: [],
                        toolCalls: [
                            ["id": "x", "function": ["name": "a", "arguments": "{}"]], ["name": "b"],
                        ]),
                    Message(role: .tool, parts: [.text("2")], toolCallID: "call_3"),
                    Message(role: .tool, parts: [.text("1"), .image(path: "p.png", sha256: "0")]),
                ]),
            [
                "model": "m",
                "input": [
                    ["role": "user", "content": "Q"],
                    ["role": "assistant", "content": "Let me look."],
                    [
                        "type": "function_call", "call_id": "call_1", "name": "look",
                        "arguments": "{\"id\":7}",
                    ],
                    ["type": "function_call_output", "call_id": "call_1", "output": "found"],
                    ["type": "function_call", "call_id": "x", "name": "a", "arguments": "{}"],
                    ["type": "function_call", "call_id": "call_3", "name": "b", "arguments": "{}"],
                    ["type": "function_call_output", "call_id": "call_3", "output": "2"],
                    [
                        "type": "function_call_output", "call_id": "x",
                        "output": [
                            ["type": "input_text", "text": "1"],
                            ["type": "input_image", "image_url": "data:image/png;base64,p.png"],
                        ],
                    ],
                ],
            ]
        ),
        (
            specimen(
                "m", [],
                [
                    "temperature": 0.1, "top_p": 0.9, "max_tokens": 100, "logprobs": true,
                    "top_logprobs": 3,
                    "reasoning_effort": "low", "verbosity": "high", "parallel_tool_calls": false,
                    "extra": ["store": false, "reasoning": ["summary": "auto"]],
                ]),
            [
                "model": "m", "input": [], "temperature": 0.1, "top_p": 0.9, "max_output_tokens": 100,
                "include": ["message.output_text.logprobs"], "top_logprobs": 3,
                "reasoning": ["effort": "low", "summary": "auto"], "text": ["verbosity": "high"],
                "parallel_tool_calls": false, "store": false,
            ]
        ),
        (
            specimen("m", [], ["max_completion_tokens": 7, "logprobs": false]),
            ["model": "m", "input": [], "max_output_tokens": 7]
        ),
        (
            specimen("m", [], outputSchema: strict),
            [
                "model": "m", "input": [],
                "text": [
                    "format": ["type": "json_schema", "name": "answer", "schema": strict, "strict": true]
                ],
            ]
        ),
        (
            specimen("m", [], outputSchema: ["type": "object"]),
            [
                "model": "m", "input": [],
                "text": [
                    "format": [
                        "type": "json_schema", "name": "answer", "schema": ["type": "object"],
                        "strict": false,
                    ]
                ],
            ]
        ),
        (specimen("m", [], outputSchema: ["type": "string"]), ["model": "m", "input": []]),
        (
            specimen(
                "m", [],
                [
                    "response_format": [
                        "type": "json_schema", "json_schema": ["name": "n", "schema": [:]],
                    ]
                ],
                outputSchema: strict),
            [
                "model": "m", "input": [],
                "text": ["format": ["type": "json_schema", "name": "n", "schema": [:]]],
            ]
        ),
        (
            specimen("m", [], ["response_format": ["type": "json_object"]]),
            ["model": "m", "input": [], "text": ["format": ["type": "json_object"]]]
        ),
        (
            specimen(
                "m", [], ["tool_choice": "b"],
                tools: [
                    ["name": "a", "description": "A", "parameters": ["type": "object"], "strict": false],
                    ["type": "function", "function": ["name": "b"]],
                ]),
            [
                "model": "m", "input": [], "tool_choice": ["type": "function", "name": "b"],
                "tools": [
                    [
                        "type": "function", "name": "a", "description": "A",
                        "parameters": ["type": "object"],
                        "strict": false,
                    ],
                    [
                        "type": "function", "name": "b",
                        "parameters": ["type": "object", "properties": [:]],
                    ],
                ],
            ]
        ),
        (
            specimen(
                "m", [],
                [
                    "tool_choice": ["type": "function", "function": ["name": "b"]],
                    "extra": ["tools": [["type": "web_search"]]],
                ]),
            [
                "model": "m", "input": [], "tool_choice": ["type": "function", "name": "b"],
                "tools": [["type": "web_search"]],
            ]
        ),
        (
            specimen("m", [], ["tool_choice": "any"], tools: [["name": "b", "parameters": [:]]]),
            [
                "model": "m", "input": [], "tool_choice": "required",
                "tools": [["type": "function", "name": "b", "parameters": [:]]],
            ]
        ),
        (
            specimen("m", [], ["tool_choice": "auto"]), ["model": "m", "input": []]
        ),
    ]

    @Test("sends", arguments: requests)
    func send(request: ModelRequest, body: JSONValue) throws {
        let call = try api.call(for: request, images: namedImages, streams: false)
        #expect(call == APICall(path: "/responses", body: body))
    }

    @Test("A stream is asked for when one is wanted")
    func stream() throws {
        let call = try api.call(for: specimen(), images: .none, streams: true)
        #expect(call.body["stream"] == true)
    }

    @Test(
        "What the API lacks is an error before anything is sent",
        arguments: [
            ["seed": 1], ["stop": "x"], ["top_k": 2], ["presence_penalty": 0], ["frequency_penalty": 1],
            ["thinking": ["type": "enabled"]], ["max_tokens": 1, "max_completion_tokens": 2],
        ] as [JSONObject])
    func lacks(parameters: JSONObject) {
        for model in ["m", "gpt-5"] {
            let request = specimen(model, [], parameters)
            #expect(api.complaints(about: request).filter(\.isError).count == 1)
            let error = #expect(throws: EvaluationError.self) {
                try api.call(for: request, images: .none, streams: false)
            }
            #expect(error?.kind == .provider)
            #expect(error?.hint != nil)
        }
    }

    @Test(
        "A result of a tool without its call is an error",
        arguments: [
            [Message(role: .tool, text: "x")],
            [Message(role: .user, text: "q"), Message(role: .tool, text: "x")],
            [
                Message(role: .assistant, parts: [], toolCalls: [["name": "a"]]),
                Message(role: .tool, text: "x"), Message(role: .tool, text: "y"),
            ],
            [
                Message(role: .assistant, parts: [], toolCalls: [["id": "1", "name": "a"]]),
                Message(role: .tool, parts: [.text("x")], toolCallID: "2"),
            ],
        ])
    func unanswered(messages: [Message]) {
        #expect(api.complaints(about: specimen("m", messages)).map(\.id) == ["tool-result-without-call"])
        #expect(throws: EvaluationError.self) {
            try api.call(for: specimen("m", messages), images: .none, streams: false)
        }
    }

    @Test("A call without its result is a warning, and is sent")
    func openCall() throws {
        let request = specimen(
            "m", [Message(role: .assistant, parts: [.text("")], toolCalls: [["name": "a"]])])
        let complaints = api.complaints(about: request)
        #expect(complaints.map(\.id) == ["tool-call-without-result"])
        #expect(complaints.map(\.isError) == [false])
        #expect(
            try api.call(for: request, images: .none, streams: false).body["input"] == [
                ["type": "function_call", "call_id": "call_1", "name": "a", "arguments": "{}"]
            ])
    }

    @Test("What may be rejected is a warning, and is sent")
    func warnings() throws {
        let request = specimen(
            "gpt-5-mini", [], ["temperature": 0, "max_tokens": 9],
            tools: [["name": "t", "strict": true, "parameters": ["type": "object"]]],
            outputSchema: ["type": "object"])
        let complaints = api.complaints(about: request)
        #expect(
            complaints.map(\.message) == [
                "gpt-5-mini reasons, and takes no temperature but 1",
                "the output_schema has an object that allows further properties",
                "the schema of the tool 't' has an object that allows further properties",
            ])
        #expect(complaints.allSatisfy { !$0.isError })
        #expect(try api.call(for: request, images: .none, streams: false).body["temperature"] == 0)
    }
}
