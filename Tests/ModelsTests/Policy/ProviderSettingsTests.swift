import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Provider settings")
struct ProviderSettingsTests {
    private func settings(_ provider: JSONObject, model: JSONObject = [:]) -> ProviderSettings {
        ProviderSettings(
            name: "lite", kind: "openai-compatible", provider: provider,
            model: ModelSpecification(name: "gateway", provider: "lite", model: "x", settings: model))
    }

    @Test("Without settings everything has its default")
    func defaults() {
        let settings = settings([:])
        #expect(settings.baseURL == nil && settings.keyVariable == nil && settings.headers.fields.isEmpty)
        #expect(settings.timeouts == HTTPRequest.Timeouts(connect: 10, firstByte: nil, total: 60))
        #expect(settings.retry == RetryPolicy())
        #expect(settings.breakerThreshold == 10)
        #expect(settings.limits == RateLimits() && !settings.hasOwnLimits)
        #expect(!settings.streams && settings.apiVersion == nil && settings.region == nil)
    }

    @Test("The provider's settings are read")
    func provider() {
        let settings = settings([
            "base_url": "${LITE:-http://127.0.0.1:4000/v1}", "api_key_env": "LITE_KEY",
            "headers": ["x-team": "evals", "x-run": "${RUN}"], "timeout_s": 30, "connect_timeout_s": 2.5,
            "first_byte_timeout_s": 5, "retry": ["attempts": 5], "breaker": 3,
            "limits": ["concurrency": 4, "rpm": 500], "stream": true, "api_version": "2024-10-21",
            "region": "us-east-1",
        ])
        #expect(settings.name == "lite" && settings.kind == "openai-compatible")
        #expect(settings.baseURL == "${LITE:-http://127.0.0.1:4000/v1}")
        #expect(settings.keyVariable == "LITE_KEY")
        #expect(
            settings.headers.fields.map { "\($0.name): \($0.value)" } == ["x-team: evals", "x-run: ${RUN}"])
        #expect(settings.timeouts == HTTPRequest.Timeouts(connect: 2.5, firstByte: 5, total: 30))
        #expect(settings.retry.attempts == 5)
        #expect(settings.breakerThreshold == 3)
        #expect(settings.limits == RateLimits(concurrency: 4, requestsPerMinute: 500))
        #expect(settings.streams && settings.apiVersion == "2024-10-21" && settings.region == "us-east-1")
    }

    @Test("The model's own settings win, limits one by one")
    func model() {
        let settings = settings(
            [
                "base_url": "https://a", "api_key_env": "A", "stream": true,
                "limits": ["concurrency": 4, "rpm": 500],
            ],
            model: ["base_url": "https://b", "api_key_env": "B", "stream": false, "limits": ["rpm": 10]])
        #expect(settings.baseURL == "https://b" && settings.keyVariable == "B" && !settings.streams)
        #expect(settings.limits == RateLimits(concurrency: 4, requestsPerMinute: 10))
        #expect(settings.hasOwnLimits)
    }

    @Test("No time-out can be turned off")
    func bounded() {
        let settings = settings(["timeout_s": 0, "connect_timeout_s": 0, "first_byte_timeout_s": 0])
        #expect(settings.timeouts == HTTPRequest.Timeouts())
    }

    @Test(
        "Variables are replaced by what the environment holds",
        arguments: [
            ("https://a/v1", .success("https://a/v1")), ("", .success("")), ("$", .success("$")),
            ("$HOST {x} $}", .success("$HOST {x} $}")), ("${HOST}", .success("example.com")),
            ("https://${HOST}/${_V2}/x", .success("https://example.com/v2/x")),
            ("${NONE:-http://127.0.0.1:4000/v1}", .success("http://127.0.0.1:4000/v1")),
            ("${HOST:-other}", .success("example.com")), ("${EMPTY:-other}", .success("other")),
            ("${NONE:-}", .success("")), ("${NONE:-a:-b}", .success("a:-b")),
            ("$${HOST}", .success("$example.com")),
            // A value is not expanded again.
            ("${TRICK}", .success("${HOST}")),
            ("${NONE}", .failure(.missing("NONE"))), ("${EMPTY}", .failure(.missing("EMPTY"))),
            ("${HOST}${NONE}", .failure(.missing("NONE"))), ("${LINE}", .failure(.unusable("LINE"))),
            ("${LINE:-x}", .failure(.unusable("LINE"))),
            ("${HOST", .failure(.malformed("a '${' has no '}' behind it"))),
            ("a${", .failure(.malformed("a '${' has no '}' behind it"))),
            (
                "${NONE:-${HOST}}",
                .failure(.malformed("a '${' stands inside of another, or lacks its '}'"))
            ),
            ("${}", .failure(name)), ("${:-x}", .failure(name)), ("${1A}", .failure(name)),
            ("${A-B}", .failure(name)), ("${A:=x}", .failure(name)), ("${A:?x}", .failure(name)),
            ("${ HOST }", .failure(name)), ("${HÖST}", .failure(name)),
        ] as [(String, Result<String, ProviderSettings.ExpansionMistake>)])
    func expansion(text: String, result: Result<String, ProviderSettings.ExpansionMistake>) {
        let environment = [
            "HOST": "example.com", "_V2": "v2", "EMPTY": "", "LINE": "secret\n", "TRICK": "${HOST}",
        ]
        let expanded = ProviderSettings.expand(text) { environment[$0] }
        #expect(expanded == result)
        if case .failure(let mistake) = expanded { #expect(!mistake.message.contains("secret")) }
    }

    private static let name = ProviderSettings.ExpansionMistake.malformed(
        "'${…}' takes ${NAME} or ${NAME:-default}, NAME being letters, digits and _")
}
