import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Results

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Answers of an earlier run")
struct StoredAnswersTests {
    private static func execution(
        _ id: String, source: Answer.Source = .live, content: String? = "42", error: EvaluationError? = nil
    ) -> Execution {
        var execution = Execution(
            suite: "s", caseID: id, prompt: "p", version: "1", model: "m", mark: SourceMark(file: "s.yaml"))
        if let content {
            execution.answer = Answer(reply: Reply(content: content, latencyMS: 7), source: source)
        }
        execution.error = error
        return execution
    }

    private static func stored(_ executions: [Execution]) throws -> StoredAnswers {
        let codec = ExecutionJSON()
        let list = executions.map { String(decoding: codec.encode($0), as: UTF8.self) }.joined(separator: ",")
        let text = """
            {"evalrun_results": 1, "run": {"id": "r1", "started_at": "2026-11-29T00:00:00Z", "evalrun_version": "1",
            "git": null, "mode": "live", "plan_sha256": "00"},
            "summary": {"executions": \(executions.count), "exit_code": 0}, "gates": [], "executions": [\(list)]}
            """
        let path = "/tmp/evalrun-stored-\(UInt64.random(in: 0 ... .max)).json"
        defer { unlink(path) }
        try WholeFile.write(Array(text.utf8), to: path, isDurable: false)
        return try StoredAnswers(ByteStream(openingAbsolute: path))
    }

    private static func address(_ id: String) -> ExecutionAddress {
        ExecutionAddress(suite: "s", caseID: id, prompt: "p", model: "m")
    }

    @Test(
        "An answer comes back whole, and never as one that is paid for now",
        arguments: [
            (Answer.Source.live, Answer.Source.replayed), (.cached, .replayed), (.replayed, .replayed),
            (.given, .given), (.echo, .echo),
        ])
    func answers(_ was: Answer.Source, _ becomes: Answer.Source) throws {
        let stored = try Self.stored([Self.execution("a", source: was)])
        let answer = try stored.answer(of: Self.address("a"))
        #expect(answer.source == becomes)
        #expect(answer.reply.content == "42")
        #expect(answer.reply.latencyMS == 7)
    }

    @Test(
        "An answer to another request than today's is stale; what nobody was asked for has no key to differ",
        arguments: [("k1", "k1", true), ("k1", "k2", false), (nil, "k2", true)] as [(String?, String, Bool)])
    func requests(of then: String?, today: String, isSame: Bool) throws {
        var execution = Self.execution("a")
        execution.answer?.requestSHA256 = then
        let stored = try Self.stored([execution])
        let request = ModelRequest(
            model: .echo, parameters: [:], messages: [], sample: 1,
            site: CallSite(suite: "s", caseID: "a", prompt: "p", model: "m"))
        do throws(EvaluationError) {
            let answer = try stored.answer(to: request) { _ in today }
            #expect(isSame && answer.reply.content == "42")
        } catch {
            #expect(!isSame && error.kind == .fixtureStale)
            #expect(error.message.contains("since the run r1"))
        }
    }

    @Test("An execution that the results lack is a missing recording, and what nobody asks for is told")
    func missing() throws {
        let stored = try Self.stored([Self.execution("a"), Self.execution("b")])
        #expect(throws: EvaluationError.self) { try stored.answer(of: Self.address("c")) }
        do throws(EvaluationError) { _ = try stored.answer(of: Self.address("c")) } catch {
            #expect(error.kind == .fixtureMissing)
        }
        _ = try stored.answer(of: Self.address("a"))
        #expect(stored.unused == [Self.address("b")])
    }

    @Test(
        "An execution without an answer keeps the provider's trouble; what was not asked for is missing",
        arguments: [
            (EvaluationError.Kind.provider, EvaluationError.Kind.provider), (.timeout, .timeout),
            (.refused, .refused), (.budget, .fixtureMissing), (.failFast, .fixtureMissing),
            (.interrupted, .fixtureMissing), (.fixtureStale, .fixtureMissing),
        ])
    func errors(_ was: EvaluationError.Kind, _ becomes: EvaluationError.Kind) throws {
        let stored = try Self.stored([
            Self.execution("a", content: nil, error: EvaluationError(was, "no luck"))
        ])
        do throws(EvaluationError) {
            _ = try stored.answer(of: Self.address("a"))
            Issue.record("there is no answer")
        } catch {
            #expect(error.kind == becomes)
            #expect(error.message.contains("no luck"))
        }
    }

    @Test("Results with an execution twice are damaged")
    func twice() {
        #expect(throws: DiagnosticError.self) {
            _ = try Self.stored([Self.execution("a"), Self.execution("a")])
        }
    }
}
