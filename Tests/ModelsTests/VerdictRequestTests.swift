import Evals
import JSON
import Models
import Testing

@Suite("Requests to judges")
struct VerdictRequestTests {
    private static let schema: JSONValue = [
        "type": "object", "properties": ["reason": ["type": "string"], "pass": ["type": "boolean"]],
        "required": ["reason", "pass"], "additionalProperties": false,
    ]
    private static let strict: JSONValue = ["name": "answer", "schema": schema, "strict": true]

    private static func request(_ model: String, _ parameters: JSONObject = ["max_tokens": 200])
        -> ModelRequest
    {
        ModelRequest(
            model: ModelSpecification(name: "judge", provider: "p", model: model), parameters: parameters,
            messages: [Message(role: .user, text: "Is it polite?")], outputSchema: schema,
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "small", purpose: "judge/tone"))
    }

    private static func api(_ kind: String, _ provider: JSONObject = [:]) throws -> any ModelAPI {
        let model = ModelSpecification(name: "judge", provider: "p", model: "m")
        return try APICatalog.api(
            ProviderSettings(name: "p", kind: kind, provider: provider, model: model), provider: provider)
    }

    @Test(
        "the form of a verdict is sent natively, and nothing is complained about",
        arguments: [
            ("openai", "gpt-5-mini", ["response_format", "json_schema"], strict),
            ("azure", "judges", ["response_format", "json_schema"], strict),
            ("openai-compatible", "llama", ["response_format", "json_schema"], strict),
            (
                "openai-responses", "gpt-5-mini", ["text", "format"],
                ["type": "json_schema", "name": "answer", "schema": schema, "strict": true]
            ),
            (
                "anthropic", "claude-haiku-4-5", ["output_config", "format"],
                ["type": "json_schema", "schema": schema]
            ),
            ("gemini", "gemini-3-flash", ["generationConfig", "responseJsonSchema"], schema),
            (
                "bedrock", "anthropic.claude-haiku-4-5-v1:0",
                ["outputConfig", "textFormat", "structure", "jsonSchema"],
                ["name": "answer", "schema": .string(JSONWriter.compact.text(of: schema))]
            ),
            ("ollama", "llama3", ["format"], schema),
        ] as [(String, String, [String], JSONValue)])
    func schemas(kind: String, model: String, path: [String], expected: JSONValue) throws {
        let api = try Self.api(kind)
        let request = Self.request(model)
        #expect(api.complaints(about: request).isEmpty)
        var found: JSONValue? = try api.call(for: request, images: .none, streams: false).body
        for name in path { found = found?[name] }
        #expect(found == expected)
    }

    @Test(
        "an application as a judge gets the form of a verdict where its body has a place for it, and no warning without",
        arguments: [
            ([:], nil), (["body": ["q": "{{ prompt }}"]], nil),
            (["body": ["q": "{{ prompt }}", "form": "{{ output_schema }}"]] as JSONObject, schema),
        ] as [(JSONObject, JSONValue?)])
    func applications(provider: JSONObject, expected: JSONValue?) throws {
        let api = try Self.api("http", provider)
        let request = Self.request("m", [:])
        #expect(api.complaints(about: request).isEmpty)
        #expect(try api.call(for: request, images: .none, streams: false).body["form"] == expected)
    }

    @Test("a program as a judge reads the form of a verdict")
    func programs() throws {
        let program = try ExecApplication(settings: ["command": ["judge"]])
        let line = try JSONParser().parse(bytes: program.input(for: Self.request("m")))
        #expect(line["output_schema"] == Self.schema)
    }

    @Test(
        "log probabilities are asked for unbidden only where they are known to be given",
        arguments: [
            ("openai", "gpt-4.1-mini", [:], true), ("openai", "gpt-4o-2024-11-20", [:], true),
            ("openai-responses", "gpt-4.1", [:], true), ("openai", "gpt-5.2", [:], true),
            ("openai", "gpt-5.2", ["reasoning_effort": "high"], false), ("openai", "gpt-5-mini", [:], false),
            ("openai", "o3", [:], false), ("openai", "gpt-4o-audio-preview", [:], false),
            ("openai", "gpt-4o-search-preview", [:], false), ("openai", "my-own", [:], false),
            ("ollama", "llama3", [:], true), ("openai-compatible", "gpt-4.1", [:], false),
            ("azure", "gpt-4.1", [:], false), ("gemini", "gemini-3-flash", [:], false),
            ("anthropic", "claude-haiku-4-5", [:], false), ("bedrock", "amazon.nova-lite-v1:0", [:], false),
            ("http", "m", [:], false), ("exec", "m", [:], false),
        ] as [(String, String, JSONObject, Bool)])
    func logprobs(kind: String, id: String, parameters: JSONObject, isKnown: Bool) throws {
        let model = ModelSpecification(name: "judge", provider: "p", model: id, parameters: parameters)
        #expect(LogprobSupport.isKnown(of: model, kind: kind) == isKnown)
        guard isKnown else { return }
        let asked = parameters.merging(["logprobs": true, "top_logprobs": 20])
        #expect(try Self.api(kind).complaints(about: Self.request(id, asked)).isEmpty)
    }
}
