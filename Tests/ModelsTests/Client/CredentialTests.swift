import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Keys and addresses", .timeLimit(.minutes(1)))
struct CredentialTests {
    private static let key = LiveSetup.key
    private static let bedrock =
        #"{"output": {"message": {"content": [{"text": "fine"}]}}, "stopReason": "end_turn"}"#

    /// Where a key is looked for, and what is sent.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let provider: String
        var settings: JSONObject = [:]
        var model: JSONObject = [:]
        var environment: [String: String] = [:]
        /// A field and its value.
        let sent: (String, String?)
    }

    @Test(
        "The key is found and sent as the API wants it",
        arguments: [
            Row(
                testDescription: "the usual variable", provider: "openai",
                environment: ["OPENAI_API_KEY": key, "OTHER": "x"], sent: ("Authorization", "Bearer \(key)")),
            Row(
                testDescription: "a written variable wins", provider: "openai",
                settings: ["api_key_env": "MINE"],
                environment: ["OPENAI_API_KEY": "no", "MINE": key], sent: ("Authorization", "Bearer \(key)")),
            Row(
                testDescription: "the model's variable wins over the provider's", provider: "openai",
                settings: ["api_key_env": "THEIRS"], model: ["api_key_env": "MINE"],
                environment: ["THEIRS": "no", "MINE": key], sent: ("Authorization", "Bearer \(key)")),
            Row(
                testDescription: "the second usual variable, the first being empty", provider: "gemini",
                environment: ["GEMINI_API_KEY": "", "GOOGLE_API_KEY": key], sent: ("x-goog-api-key", key)),
            Row(
                testDescription: "a field of its own", provider: "anthropic",
                environment: ["ANTHROPIC_API_KEY": key],
                sent: ("x-api-key", key)),
            Row(
                testDescription: "Azure's field", provider: "azure",
                settings: ["base_url": "https://r.openai.azure.com/openai/v1"],
                environment: ["AZURE_OPENAI_API_KEY": key], sent: ("api-key", key)),
            Row(
                testDescription: "a compatible server with a key", provider: "lite",
                settings: ["type": "openai-compatible", "base_url": "https://h/v1", "api_key_env": "LITE"],
                environment: ["LITE": key], sent: ("Authorization", "Bearer \(key)")),
            Row(
                testDescription: "a compatible server without one", provider: "lite",
                settings: ["type": "openai-compatible", "base_url": "http://far.example/v1"],
                environment: ["OPENAI_API_KEY": key], sent: ("Authorization", nil)),
            Row(
                testDescription: "this machine needs none", provider: "openai",
                settings: ["base_url": "http://127.0.0.1:4000/v1"], sent: ("Authorization", nil)),
            Row(
                testDescription: "this machine gets one over http", provider: "openai",
                settings: ["base_url": "http://[::1]:4000/v1"], environment: ["OPENAI_API_KEY": key],
                sent: ("Authorization", "Bearer \(key)")),
            Row(testDescription: "Ollama needs none", provider: "ollama", sent: ("Authorization", nil)),
            Row(
                testDescription: "Ollama behind a proxy with a key", provider: "ollama",
                settings: ["base_url": "https://h", "api_key_env": "K"], environment: ["K": key],
                sent: ("Authorization", "Bearer \(key)")),
            Row(
                testDescription: "the key wins over a written field", provider: "openai",
                settings: ["headers": ["authorization": "Bearer other"]],
                environment: ["OPENAI_API_KEY": key],
                sent: ("Authorization", "Bearer \(key)")),
        ])
    func found(_ row: Row) async throws {
        let setup = LiveSetup([.status(400, "no")])
        _ = await setup.ask(
            .of(row.provider, "m", row.model).withLimit, providers: [row.provider: .object(row.settings)],
            environment: row.environment)
        let request = try #require(setup.transport.requests.first)
        #expect(request.headers[row.sent.0] == row.sent.1)
        #expect(request.headers.fields.count { $0.value.contains(Self.key) } == (row.sent.1 == nil ? 0 : 1))
        #expect(request.signature == nil)
        #expect(request.headers["Content-Type"] == "application/json")
    }

    @Test(
        "Without its key nothing is sent",
        arguments: [
            (
                "openai", [:], [:], "the provider 'openai' needs a key, and OPENAI_API_KEY is not set",
                "export OPENAI_API_KEY=…"
            ),
            ("openai", [:], ["OPENAI_API_KEY": ""], "OPENAI_API_KEY is not set", "export OPENAI_API_KEY=…"),
            ("openai", ["api_key_env": "MINE"], ["OPENAI_API_KEY": "k"], "MINE is not set", "export MINE=…"),
            (
                "openai", ["api_key_env": "MINE", "base_url": "http://127.0.0.1:1/v1"], [:],
                "MINE is not set",
                "export MINE=…"
            ),
            ("gemini", [:], [:], "GEMINI_API_KEY or GOOGLE_API_KEY is not set", "export GEMINI_API_KEY=…"),
            (
                "bedrock", [:], ["AWS_ACCESS_KEY_ID": "a"],
                "AWS_BEARER_TOKEN_BEDROCK or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is not set",
                "export AWS_BEARER_TOKEN_BEDROCK=…"
            ),
            (
                "openai", [:], ["OPENAI_API_KEY": "sk-1\n"],
                "the key in OPENAI_API_KEY has a control character in it",
                "set OPENAI_API_KEY to the key alone"
            ),
            (
                "openai", ["headers": ["x-team": "${TEAM}"]], ["OPENAI_API_KEY": "k"],
                "headers of the provider 'openai' needs the environment variable TEAM", "set TEAM"
            ),
            (
                "openai", ["base_url": "${GATEWAY}/v1"], ["OPENAI_API_KEY": "k"],
                "base_url of the provider 'openai' needs the environment variable GATEWAY", "set GATEWAY"
            ),
        ] as [(String, JSONObject, [String: String], String, String)])
    func missing(
        provider: String, settings: JSONObject, environment: [String: String], message: String, hint: String
    ) async throws {
        let setup = LiveSetup([.chat()])
        let outcome = await setup.ask(
            .of(provider), providers: [provider: .object(settings)], environment: environment)
        let error = try #require(outcome.error)
        #expect(error.kind == .needsKey)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.hint?.contains(hint) == true, "\(error.hint ?? "")")
        #expect(error.attempts == 0)
        #expect(setup.transport.requests.isEmpty)
    }

    @Test(
        "A key goes over https or to this machine, and to no address that could be read in two ways",
        arguments: [
            ("http://far.example/v1", [:], "is at far.example over http"),
            ("http://127.0.0.1.evil.example/v1", [:], "over http"),
            ("http://127.0.0.1@evil.example/v1", [:], "must not have a user name"),
            ("https://evil.example\\@api.openai.com/v1", [:], "backslash"),
            ("ftp://127.0.0.1/v1", [:], "must begin with https:// or http://"),
            // A value from the environment in a field is a secret too.
            (
                "http://far.example/v1", ["headers": ["x-token": "${TOKEN}"], "type": "openai-compatible"],
                "over http"
            ),
            (
                "http://user:${TOKEN}@far.example/v1", ["type": "openai-compatible"],
                "must not have a user name"
            ),
        ] as [(String, JSONObject, String)])
    func refused(url: String, more: JSONObject, message: String) async throws {
        let setup = LiveSetup([.chat()])
        let outcome = await setup.ask(
            .of("openai"), providers: ["openai": .object(more.merging(["base_url": .string(url)]))],
            environment: ["OPENAI_API_KEY": Self.key, "TOKEN": Self.key])
        let error = try #require(outcome.error)
        #expect(error.kind == .refused)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(!error.message.contains(Self.key))
        #expect(setup.transport.requests.isEmpty)
    }

    @Test(
        "The address is put together with one slash",
        arguments: [
            ("openai", [:], "https://api.openai.com/v1/chat/completions"),
            ("openai", ["base_url": "https://h/v1"], "https://h/v1/chat/completions"),
            ("openai", ["base_url": "https://h/v1/"], "https://h/v1/chat/completions"),
            ("openai", ["base_url": "https://h//"], "https://h/chat/completions"),
            ("openai", ["base_url": "${GATEWAY:-https://h}/v1"], "https://h/v1/chat/completions"),
            ("openai", ["base_url": "${SET:-https://h}/v1"], "https://set/v1/chat/completions"),
            ("openai", ["base_url": "https://h/v1?tenant=7"], "https://h/v1/chat/completions?tenant=7"),
            (
                "azure", ["base_url": "https://r/?x=1", "api_version": "v"],
                "https://r/openai/deployments/m-id/chat/completions?x=1&api-version=v"
            ),
            ("http", ["base_url": "https://h/app?x=1"], "https://h/app?x=1"),
            ("http", ["base_url": "https://h/app/"], "https://h/app/"),
            ("bedrock", [:], "https://bedrock-runtime.us-east-1.amazonaws.com/model/m-id/converse"),
            (
                "bedrock", ["region": "eu-west-1"],
                "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m-id/converse"
            ),
            ("ollama", [:], "http://127.0.0.1:11434/api/chat"),
        ] as [(String, JSONObject, String)])
    func addresses(provider: String, settings: JSONObject, url: String) async {
        let setup = LiveSetup([.status(400)])
        _ = await setup.ask(
            .of(provider), providers: [provider: .object(settings)],
            environment: [
                "OPENAI_API_KEY": Self.key, "AZURE_OPENAI_API_KEY": Self.key,
                "AWS_BEARER_TOKEN_BEDROCK": Self.key,
                "SET": "https://set", "AWS_REGION": "",
            ])
        #expect(setup.transport.requests.map(\.url) == [url])
    }

    @Test(
        "What has no address, or no region, is asked nothing",
        arguments: [
            ("lite", ["type": "openai-compatible"], [:], "the provider 'lite' has no address"),
            ("bedrock", ["region": "x.evil.example/"], [:], "is no name of a region"),
            ("bedrock", [:], ["AWS_REGION": "EU"], "is no name of a region"),
            (
                "openai", ["base_url": "https://${x y}"], [:],
                "base_url of the provider 'openai' can't be used"
            ),
            (
                "openai", ["headers": ["a": "${BAD}"]], ["BAD": "a\r\nb"],
                "the environment variable BAD has a control"
            ),
            ("nope", ["type": "nope"], [:], "has the unknown kind 'nope'"),
        ] as [(String, JSONObject, [String: String], String)])
    func nowhere(provider: String, settings: JSONObject, more: [String: String], message: String) async throws
    {
        let setup = LiveSetup([.chat()])
        let outcome = await setup.ask(
            .of(provider), providers: [provider: .object(settings)],
            environment: more.merging(
                ["OPENAI_API_KEY": Self.key, "AWS_BEARER_TOKEN_BEDROCK": Self.key],
                uniquingKeysWith: { own, _ in own }))
        let error = try #require(outcome.error)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(setup.transport.requests.isEmpty)
    }

    @Test("Fields are those of the API, overlaid by written ones, with variables and defaults")
    func fields() async throws {
        let setup = LiveSetup([.status(400)])
        _ = await setup.ask(
            .of("anthropic").withLimit,
            providers: [
                "anthropic": [
                    "headers": [
                        "x-team": "evals", "X-Tenant": "t-${TENANT}", "x-default": "${NONE:-d}",
                        "Anthropic-Version": "2099-01-01",
                    ]
                ]
            ], environment: ["ANTHROPIC_API_KEY": Self.key, "TENANT": "7"])
        let headers = try #require(setup.transport.requests.first?.headers)
        #expect(headers["x-team"] == "evals")
        #expect(headers["x-tenant"] == "t-7")
        #expect(headers["x-default"] == "d")
        #expect(headers["anthropic-version"] == "2099-01-01")
        #expect(headers.fields.count { $0.name.lowercased() == "anthropic-version" } == 1)
    }

    @Test(
        "Bedrock's requests are signed with AWS keys, unless there is a token",
        arguments: [
            (["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": key], nil, "us-east-1"),
            (
                [
                    "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": key, "AWS_SESSION_TOKEN": "session",
                    "AWS_DEFAULT_REGION": "eu-central-1", "AWS_BEARER_TOKEN_BEDROCK": "",
                ], "session", "eu-central-1"
            ),
        ] as [([String: String], String?, String)])
    func signed(environment: [String: String], token: String?, region: String) async throws {
        let setup = LiveSetup([.status(200, Self.bedrock)])
        let outcome = await setup.ask(.of("bedrock"), environment: environment)
        #expect(outcome.reply?.content == "fine")
        let request = try #require(setup.transport.requests.first)
        #expect(
            request.signature
                == HTTPRequest.AWSSignature(
                    accessKey: "AKID", secretKey: Self.key, sessionToken: token, region: region,
                    service: "bedrock"))
        #expect(request.headers["Authorization"] == nil)
        #expect(request.url.contains("bedrock-runtime.\(region).amazonaws.com"))

        let withToken = LiveSetup([.status(200, Self.bedrock)])
        _ = await withToken.ask(
            .of("bedrock"),
            environment: environment.merging(["AWS_BEARER_TOKEN_BEDROCK": "bearer"], uniquingKeysWith: { $1 })
        )
        #expect(withToken.transport.requests.first?.headers["Authorization"] == "Bearer bearer")
        #expect(withToken.transport.requests.first?.signature == nil)
    }

    @Test(
        "A secret that the provider echoes is in no message, not even a part of it",
        arguments: [
            (
                .status(401, #"{"error": {"message": "Incorrect API key provided: \#(key)."}}"#),
                "Incorrect API key provided: [redacted:key]."
            ),
            (.status(500, "header x-token: \(key)"), "[redacted:key]"),
            (.status(500, "tenant-value-77"), "[redacted:key]"),
            (.status(200, "<html>\(key)"), "[redacted:key]"),
            // The cut of a long message goes through the key.
            (
                .status(400, #"{"error": {"message": "\#(String(repeating: "x", count: 490))\#(key)"}}"#),
                "[redacted"
            ),
            (.status(400, String(repeating: "y", count: 190) + key), "[redacted"),
            (.status(400, "no", ["x-request-id": key]), "(request [redacted:key])"),
        ] as [(ScriptedTransport.Turn, String)])
    func masked(turn: ScriptedTransport.Turn, shown: String) async throws {
        let outcome = await LiveSetup([turn]).ask(
            providers: [
                "openai": ["headers": ["x-token": "Token ${TOKEN}"], "retry": ["attempts": 1]]
            ], environment: ["OPENAI_API_KEY": Self.key, "TOKEN": "tenant-value-77"])
        let text = outcome.error.map { "\($0.message) \($0.hint ?? "")" } ?? ""
        #expect(text.contains(shown), "\(text)")
        #expect(!text.contains(Self.key.prefix(6)), "\(text)")
        #expect(!text.contains("tenant-value"), "\(text)")
    }
}

extension ModelSpecification {
    /// The same with a bound on the answer, which Anthropic demands.
    fileprivate var withLimit: ModelSpecification {
        var copy = self
        copy.parameters["max_tokens"] = 5
        return copy
    }
}
