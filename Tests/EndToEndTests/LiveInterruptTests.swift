import Foundation
import JSON
import StubServer
import Testing
import XML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An interrupt ends a run at once, whatever its calls wait for, on the real program.
@Suite("Interrupts of live runs", .serialized)
struct LiveInterruptTests {
    /// What the calls of a run wait for when the interrupt comes.
    struct Wait: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The answer to all questions but the first.
        let reply: StubReply
        var provider = ""
        var retry = "{attempts: 3, base_s: 600, cap_s: 600, max_wait_s: 600}"
        var options: [String] = []
        /// Requests after which nothing more happens.
        let requests: Int
    }

    @Test(
        "waiting is given up: exit 130, reports, what was answered kept, and how to go on",
        arguments: [
            Wait(testDescription: "an answer", reply: .noResponse, provider: "timeout_s: 600", requests: 6),
            Wait(
                testDescription: "the rest of an answer", reply: .stalled(LiveProject.completion()),
                provider: "timeout_s: 600", requests: 6),
            Wait(testDescription: "the pause before another attempt", reply: .text(503, "boom"), requests: 6),
            Wait(
                testDescription: "the pause that the provider wants",
                reply: .json(429, "{}", headers: [("Retry-After", "500")]),
                provider: "limits: {concurrency: 1}",
                requests: 2),
            Wait(
                testDescription: "a place", reply: .noResponse,
                provider: "timeout_s: 600, limits: {concurrency: 2}",
                requests: 3),
            Wait(
                testDescription: "some of the budget", reply: .noResponse, provider: "timeout_s: 600",
                options: ["--max-usd", "0.0025"], requests: 4),
        ])
    func interrupted(wait: Wait) throws {
        let last = DispatchSemaphore(value: 0)
        let server = try LiveProject.answering { request in
            guard LiveProject.number(request) != 1 else { return nil }
            last.signal()
            return wait.reply
        }
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini, parameters: {max_tokens: 400}}"
                ], provider: wait.provider, retry: wait.retry), cases: LiveProject.cases(1...6))
        let run = try ToolRun.run(
            ["run", "--mode", "live", "--report", "json=r.json", "--report", "junit=j.xml"] + wait.options,
            in: live.project.path, environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            for _ in 1..<wait.requests { last.wait() }
            kill(process.processIdentifier, SIGINT)
        }
        #expect(run.exitCode == 130, "\(run.all)")
        let file = try live.results(run)
        let kinds = file.executions.dropFirst().map { $0["error"]?["kind"]?.string }
        #expect(kinds == Array(repeating: "interrupted", count: 5), "\(run.all)")
        // The one that is answered need not have begun: which of the calls gets a place first is not said.
        #expect((wait.requests - 1...wait.requests).contains(server.requests.count))
        #expect(XMLChecker.check(try live.project.read("j.xml")) == [])
        let id = try #require(try live.project.names(in: ".evalrun/runs").first)
        #expect(run.errors.hasPrefix("run \(id)\n"), "\(run.errors)")
        #expect(run.errors.contains("to go on: evalrun run --resume \(id)\n"), "\(run.errors)")
        #expect(run.output.contains("exit 130"))
    }

    @Test(
        "two signals at once are one wish: the reports are written all the same", arguments: [SIGINT, SIGHUP])
    func twice(number: Int32) throws {
        let arrived = DispatchSemaphore(value: 0)
        let server = try LiveProject.answering { _ in
            arrived.signal()
            return .noResponse
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url, provider: "timeout_s: 600"),
            cases: LiveProject.cases(1...2))
        let run = try ToolRun.run(
            ["run", "--mode", "live"], in: live.project.path, environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            kill(process.processIdentifier, number)
            kill(process.processIdentifier, number)
        }
        #expect(run.exitCode == 130, "\(run.all)")
        #expect(run.output.contains("exit 130"), "\(run.all)")
    }
}
