import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Calls that are tried again", .timeLimit(.minutes(1)))
struct RetryingCallTests {
    private typealias Turn = ScriptedTransport.Turn

    private static let quota = #"{"error": {"message": "no money", "code": "insufficient_quota"}}"#
    private static let sse: HeaderFields = ["Content-Type": "text/event-stream"]

    @Test(
        "Trouble that passes is waited for",
        arguments: [
            // turns, pauses with the random number 0.5
            ([.chat()], []), ([.status(503), .chat()], [0.5]),
            ([.status(500), .status(529), .chat()], [0.5, 1]),
            ([.status(408), .chat()], [0.5]), ([.status(409), .chat()], [0.5]),
            ([.status(429), .chat()], [0.5]),
            ([.status(200, "<html>"), .chat()], [0.5]), ([.status(200, "{}"), .chat()], [0.5]),
            ([.fail(HTTPError(.connect, "no route")), .chat()], [0.5]),
            ([.fail(HTTPError(.brokenOff, "reset")), .chat()], [0.5]),
            ([.fail(HTTPError(.totalTimeout, "too long")), .chat()], [0.5]),
            ([.fail(HTTPError(.malformed, "no HTTP")), .chat()], [0.5]),
            // What the provider asks for, and half of a tenth of it.
            ([.status(429, "", ["Retry-After": "7"]), .chat()], [7.35]),
            ([.status(503, "", ["Retry-After": "0"]), .chat()], [0.5]),
            ([.status(429, "", ["retry-after-ms": "4000", "Retry-After": "30"]), .chat()], [4.2]),
            ([.status(400, "", ["x-should-retry": "true"]), .chat()], [0.5]),
        ] as [([ScriptedTransport.Turn], [Double])])
    func waits(turns: [ScriptedTransport.Turn], pauses: [Double]) async throws {
        let setup = LiveSetup(turns)
        let outcome = await setup.ask()
        let reply = try #require(outcome.reply, "\(String(describing: outcome.error))")
        #expect(reply.content == "fine")
        #expect(reply.attempts == turns.count)
        #expect(reply.latencyMS == 120)
        #expect(reply.firstTokenMS == nil)
        #expect(setup.transport.requests.count == turns.count)
        #expect(outcome.pauses.count == pauses.count)
        for (found, wanted) in zip(outcome.pauses, pauses) { #expect(abs(found - wanted) < 1e-6, "\(found)") }
    }

    @Test(
        "What waiting does not heal ends at once",
        arguments: [
            (.status(401), .provider, "answered 401", "check the key in OPENAI_API_KEY"),
            (.status(403), .provider, "answered 403", "check the key"),
            (.status(400), .provider, "answered 400", "correct the request"),
            (.status(404), .provider, "answered 404", "correct the request"),
            (.status(429, quota), .provider, "no money", "no quota left"),
            (.status(402), .provider, "answered 402", "no quota left"),
            (
                .status(
                    400, #"{"error": {"message": "m", "code": "unsupported_parameter", "param": "seed"}}"#),
                .provider, "answered 400: m", "take 'seed' out"
            ),
            (.status(503, "", ["x-should-retry": "false"]), .provider, "answered 503", "run again later"),
            (
                .status(429, "", ["Retry-After": "61"]), .provider,
                "the provider asks for a pause of 61 s, and max_wait_s allows 60 s", "lower limits"
            ),
            (.fail(HTTPError(.tls, "bad certificate")), .provider, "bad certificate", "check base_url"),
            (.fail(HTTPError(.tooLarge, "too large")), .provider, "too large", "what answers at base_url"),
            (.fail(HTTPError(.badURL, "bad URL")), .provider, "bad URL", "correct base_url"),
            (
                .status(301, "", ["Location": "https://x"]), .provider, "a redirect, which is not followed",
                "final address"
            ),
            (.status(307), .provider, "a redirect, which is not followed", "final address"),
        ] as [(ScriptedTransport.Turn, EvaluationError.Kind, String, String)])
    func ends(turn: ScriptedTransport.Turn, kind: EvaluationError.Kind, message: String, hint: String)
        async throws
    {
        let setup = LiveSetup([turn, .chat()])
        let outcome = await setup.ask()
        let error = try #require(outcome.error)
        #expect(error.kind == kind)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.message.hasPrefix("openai (gpt-4o) "), "\(error.message)")
        #expect(error.hint?.contains(hint) == true, "\(error.hint ?? "")")
        #expect(error.attempts == 1)
        #expect(outcome.pauses == [])
        #expect(setup.transport.requests.count == 1)
    }

    @Test(
        "After the last attempt the error says who failed, how, and how often",
        arguments: [
            (
                .status(503, "busy", ["x-request-id": "req_9"]), 3, .provider,
                "openai (gpt-4o) answered 503: busy; 3 attempts (request req_9)"
            ),
            (
                .fail(HTTPError(.firstByteTimeout, "no first byte in 1 s")), 3, .timeout,
                "openai (gpt-4o) could not be asked: no first byte in 1 s; 3 attempts"
            ),
            (
                .status(200, "<html>"), 2, .provider,
                "openai (gpt-4o) gave no usable answer: the response is no JSON (1:1: unexpected character where a value is expected): <html>; 2 attempts"
            ),
            (.status(500, "x"), 1, .provider, "openai (gpt-4o) answered 500: x"),
        ] as [(ScriptedTransport.Turn, Int, EvaluationError.Kind, String)])
    func gaveUp(turn: ScriptedTransport.Turn, attempts: Int, kind: EvaluationError.Kind, message: String)
        async
    {
        let setup = LiveSetup([turn])
        let outcome = await setup.ask(providers: ["openai": ["retry": ["attempts": .integer(attempts)]]])
        #expect(outcome.error?.message == message)
        #expect(outcome.error?.kind == kind)
        #expect(outcome.error?.attempts == attempts)
        #expect(setup.transport.requests.count == attempts)
    }

    @Test("Cancelled calls are interrupted, in flight and in a pause, and give their place back")
    func cancelled() async throws {
        for isInFlight in [true, false] {
            let setup = LiveSetup([isInFlight ? .hang : .status(503), .chat()])
            let live = setup.live(providers: ["openai": ["limits": ["concurrency": 1]]])
            let task = Task { await setup.kind(live, .to(.small)) }
            if isInFlight {
                await until { setup.transport.requests.count == 1 }
            } else {
                await until { setup.clock.alarms.count == 1 }
            }
            task.cancel()
            #expect(await task.value == .interrupted)
            #expect(setup.transport.requests.count == 1)
            // The only place is free again.
            #expect(await setup.ask(live, .to(.small)).reply?.content == "fine")
        }
    }

    @Test("Answers are streamed as the model says, else as the provider does")
    func streamed() async throws {
        for (provider, model, isStreamed) in [
            (nil, nil, false), (true, nil, true), (true, false, false), (false, true, true),
        ] as [(Bool?, Bool?, Bool)] {
            let setup = LiveSetup { request, _ in
                guard String(decoding: request.body, as: UTF8.self).contains("\"stream\":true") else {
                    return .chat()
                }
                var timings = HTTPResponse.Timings()
                timings.total = 200.4
                return .stream(
                    HTTPResponse(status: 200, headers: Self.sse, timings: timings),
                    [
                        ("data: {\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}\n\n", 40),
                        ("data: {\"choices\": [{\"delta\": {\"content\": \"fi\"}}]}\n\nda", 50.6),
                        (
                            "ta: {\"choices\": [{\"delta\": {\"content\": \"ne\"}, \"finish_reason\": \"stop\"}]}\n\n",
                            70
                        ),
                        ("data: [DONE]\n\n", 90),
                    ])
            }
            let outcome = await setup.ask(
                .of("openai", "m", model.map { ["stream": .bool($0)] } ?? [:]),
                providers: ["openai": .object(provider.map { ["stream": .bool($0)] } ?? [:])])
            #expect(outcome.reply?.content == "fine")
            #expect(outcome.reply?.latencyMS == (isStreamed ? 200 : 120))
            #expect(outcome.reply?.firstTokenMS == (isStreamed ? 51 : nil))
        }
    }

    @Test(
        "What comes instead of a stream is read as what it is",
        arguments: [
            (.chat("whole"), 1, "whole", nil),
            (.status(200, "<html>\n<body>", ["Content-Type": "text/html"]), 1, nil, "): <html>"),
            (
                .status(200, "[]", ["Content-Type": "application/json"]), 1, nil,
                "the response is no JSON object: []"
            ),
            (.status(200, "", sse), 1, nil, "the stream broke off before its end, after 0 events"),
            (.status(503, "busy"), 1, nil, "answered 503: busy"),
        ] as [(ScriptedTransport.Turn, Int, String?, String?)])
    func noStream(turn: ScriptedTransport.Turn, attempts: Int, content: String?, message: String?) async {
        let outcome = await LiveSetup([turn]).ask(
            providers: ["openai": ["stream": true, "retry": ["attempts": .integer(attempts)]]])
        #expect(outcome.reply?.content == content)
        #expect(outcome.reply?.firstTokenMS == nil)
        #expect(
            message.map { outcome.error?.message.contains($0) == true } ?? true,
            "\(outcome.error?.message ?? "")")
    }

    @Test("Bedrock is asked without a stream even where one is wanted")
    func noBedrockStream() async {
        let setup = LiveSetup([
            .status(
                200, #"{"output": {"message": {"content": [{"text": "fine"}]}}, "stopReason": "end_turn"}"#)
        ])
        let outcome = await setup.ask(
            .of("bedrock"), providers: ["bedrock": ["stream": true]],
            environment: ["AWS_BEARER_TOKEN_BEDROCK": LiveSetup.key])
        #expect(outcome.reply?.content == "fine")
        #expect(setup.transport.requests.first?.url.hasSuffix("/model/m-id/converse") == true)
    }
}

extension LiveSetup {
    /// The kind of error that a request ends with; nil for a reply.
    func kind(_ live: LiveModels, _ request: ModelRequest) async -> EvaluationError.Kind? {
        do throws(EvaluationError) {
            _ = try await live.answer(request)
            return nil
        } catch {
            return error.kind
        }
    }
}
