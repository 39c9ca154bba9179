import JSON
import Models
import Testing

@Suite("Models of OpenAI")
struct OpenAIModelTraitsTests {
    private static let sampling: JSONObject = [
        "temperature": 0, "top_p": 0.5, "logprobs": true, "max_tokens": 5,
    ]

    @Test(
        "complains about sampling for models that reason",
        arguments: [
            ("gpt-5-mini", nil, 3), ("openai/gpt-5", nil, 3), ("gpt-5-nano-2025-08-07", nil, 3),
            ("o3", nil, 3),
            ("o4-mini-2025-04-16", nil, 3), ("gpt-5.5-pro", nil, 3), ("gpt-6-astra", nil, 3),
            ("gpt-6.1-sol", nil, 3),
            ("gpt-5.1", nil, 0), ("gpt-5.4-mini", "none", 0), ("gpt-5.4", "low", 3), ("gpt-6-sol", nil, 0),
            ("gpt-6-luna", "high", 3), ("gpt-5.6-terra", nil, 0),
            ("gpt-4o", nil, 0), ("gpt-4.1-mini", nil, 0), ("gpt-4o-mini", "low", 0),
            ("gpt-5-chat-latest", nil, 0),
            ("gpt-oss-120b", nil, 0), ("chatgpt-4o-latest", nil, 0), ("my-model", nil, 0), ("omni", nil, 0),
            ("o", nil, 0), ("", nil, 0), ("gpt-", nil, 0), ("gpt-5.x", nil, 0),
        ])
    func sampling(model: String, effort: String?, count: Int) {
        var parameters = Self.sampling
        if let effort { parameters["reasoning_effort"] = .string(effort) }
        let complaints = OpenAIModelTraits.complaints(model: model, parameters: parameters)
        #expect(complaints.count == count, "\(complaints.map(\.message))")
        #expect(complaints.allSatisfy { !$0.isError })
    }

    @Test(
        "judges single parameters",
        arguments: [
            ("gpt-5", ["temperature": 1.0], nil), ("gpt-5", ["max_completion_tokens": 5], nil),
            ("gpt-5", ["logprobs": false], nil), ("gpt-5", ["seed": 1, "verbosity": "low"], nil),
            ("o1", ["stop": "x"], nil),
            ("gpt-5", ["temperature": 0.2], "gpt-5 reasons, and takes no temperature but 1"),
            ("gpt-5", ["top_logprobs": 2], "gpt-5 reasons, and takes no 'top_logprobs'"),
            ("gpt-5.1", ["stop": "x"], "gpt-5.1 is a reasoning model, and takes no 'stop'"),
            ("o3", ["stop": "x"], "o3 is a reasoning model, and takes no 'stop'"),
            ("o1", ["presence_penalty": 1], "o1 is a reasoning model, and takes no 'presence_penalty'"),
            ("o1", ["max_tokens": 1], nil),
        ] as [(String, JSONObject, String?)])
    func single(model: String, parameters: JSONObject, message: String?) {
        #expect(OpenAIModelTraits.complaints(model: model, parameters: parameters).first?.message == message)
    }
}
