import Foundation
import JSON
import StubServer
import Synchronization
import Testing

/// Counts the requests that are being answered at the same time, and holds them until there are enough.
private final class Crowd: Sendable {
    private let state = Mutex((present: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock { state in
            state.present += 1
            state.most = max(state.most, state.present)
        }
    }

    func leave() { state.withLock { $0.present -= 1 } }
}

/// Retries, limits and the breaker, as the provider sees them.
@Suite("Limits of live models", .serialized)
struct LiveLimitTests {
    @Test(
        "a provider never has more requests at a time than limits.concurrency, and as many where there are so many",
        arguments: [(1, 64), (3, 64), (16, 64), (16, 4), (64, 64)])
    func concurrency(limit: Int, jobs: Int) throws {
        let crowd = Crowd()
        let gate = DispatchSemaphore(value: 0)
        let waiting = Mutex(0)
        let expected = min(limit, jobs)
        // Requests are held until as many are there as may be, so that fewer at a time would be seen as well.
        let server = try StubServer { request in
            crowd.enter()
            let opens = waiting.withLock { waiting in
                waiting += 1
                guard waiting == expected else { return false }
                waiting = 0
                return true
            }
            if opens { for _ in 1..<expected { gate.signal() } } else { gate.wait() }
            crowd.leave()
            return .json(200, LiveProject.completion("fine"))
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url, provider: "limits: {concurrency: \(limit)}"),
            cases: LiveProject.cases(1...(expected * 4)))
        let (run, file) = try live.run("run", "--mode", "live", "--jobs", "\(jobs)")
        #expect(run.exitCode == 0 && file.summary["passed"]?.integer == expected * 4, "\(run.all)")
        #expect(crowd.most == expected)
        #expect(server.connections <= expected + 1)
    }

    @Test("models of a provider share its limits, one with limits of its own does not")
    func shared() throws {
        let crowd = Crowd()
        let server = try StubServer { request in
            if request.text.contains("shared") { crowd.enter() }
            defer { if request.text.contains("shared") { crowd.leave() } }
            return .json(200, LiveProject.completion("fine"))
        }
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    "a: {provider: stub, model: shared-a}", "b: {provider: stub, model: shared-b}",
                    "c: {provider: stub, model: other, limits: {concurrency: 8}}",
                ], provider: "limits: {concurrency: 1}"), cases: LiveProject.cases(1...10),
            head: "models: [a, b, c]")
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 0 && file.summary["passed"] == 30 && crowd.most == 1, "\(run.all)")
    }

    @Test(
        "requests per minute are kept: no more begin than the quota lets, and an interrupt ends the waiting")
    func requestsPerMinute() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url, provider: "limits: {rpm: 1}"),
            cases: LiveProject.cases(1...5))
        let first = DispatchSemaphore(value: 0)
        let stub = try LiveProject.answering { _ in
            first.signal()
            return nil
        }
        try live.project.write(
            LiveProject.settings(stub.url, provider: "limits: {rpm: 1}"), to: "evalrun.yaml")
        let run = try ToolRun.run(
            ["run", "--mode", "live", "--report", "json=r.json"], in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            first.wait()
            kill(process.processIdentifier, SIGINT)
        }
        #expect(run.exitCode == 130, "\(run.all)")
        #expect(stub.requests.count == 1)
        let kinds = try live.results(run).executions.map { $0["error"]?["kind"]?.string }
        #expect(kinds.count { $0 == "interrupted" } >= 4, "\(run.all)")
    }

    @Test(
        "the breaker gives a provider up after bounded requests, whatever is in flight: kind breaker, exit 3",
        arguments: [(1, 3), (8, 3), (32, 10)])
    func breaker(concurrency: Int, threshold: Int) throws {
        let server = try StubServer(script: [.json(503, "{}")])
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url, provider: "breaker: \(threshold), limits: {concurrency: \(concurrency)}"),
            cases: LiveProject.cases(1...300))
        let (run, file) = try live.run("run", "--mode", "live", "--jobs", "64")
        #expect(run.exitCode == 3, "\(run.all)")
        let kinds = file.executions.map { $0["error"]?["kind"]?.string }
        #expect(kinds.allSatisfy { $0 == "provider" || $0 == "breaker" })
        #expect(kinds.count { $0 == "breaker" } >= 300 - threshold - concurrency)
        // At most the first attempts of all that run beside those that are lost.
        #expect(server.requests.count <= 64 + 2 * (threshold + concurrency), "\(server.requests.count)")
        #expect(run.output.contains("given up for the rest of the run"), "\(run.output.prefix(1500))")
    }

    @Test("one dead provider does not take another along")
    func twoProviders() throws {
        let server = try LiveProject.answering { $0.path.hasPrefix("/dead") ? .json(500, "{}") : nil }
        let live = try LiveProject(
            settings: """
                models:
                  small: {provider: dead, model: m1}
                  fine: {provider: stub, model: m2}
                providers:
                  dead: {type: openai-compatible, base_url: "\(server.url)/dead", retry: {attempts: 1}, breaker: 2}
                  stub: {type: openai-compatible, base_url: "\(server.url)/v1"}

                """, cases: LiveProject.cases(1...20), head: "models: [small, fine]")
        let (run, file) = try live.run("run", "--mode", "live", "--jobs", "1")
        #expect(
            run.exitCode == 3 && file.summary["passed"] == 20 && file.summary["errored"] == 20, "\(run.all)")
        #expect(server.requests.count == 22)
    }

    /// Responses before an answer, and how the answer came about.
    @Test(
        "attempts are counted, told and recorded",
        arguments: [
            ([429], "retry-after-ms", "1", 3, 2), ([429, 529], "retry-after-ms", "1", 3, 3),
            ([503], "x-should-retry", "true", 3, 2), ([400], "x-should-retry", "true", 3, 2),
            ([503], "x-should-retry", "false", 3, nil), ([429, 429, 429], "Retry-After", "0", 3, nil),
            ([429], "Retry-After", "1000", 3, nil), ([500, 500], "x", "y", 2, nil), ([500], "x", "y", 1, nil),
        ] as [([Int], String, String, Int, Int?)])
    func attempts(statuses: [Int], field: String, value: String, allowed: Int, attempts: Int?) throws {
        let server = try StubServer(
            script: statuses.map { .json($0, "{}", headers: [(field, value)]) }
                + [.json(200, LiveProject.completion("fine"))])
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url, retry: "{attempts: \(allowed), base_s: 0.001, cap_s: 0.002, max_wait_s: 5}"),
            cases: LiveProject.cases(1...1))
        let (run, file) = try live.run("record")
        let execution = try #require(file.executions.first)
        guard let attempts else {
            #expect(run.exitCode == 3 && execution["error"]?["kind"] == "provider", "\(run.all)")
            #expect(server.requests.count <= allowed)
            return
        }
        #expect(run.exitCode == 0 && execution["attempts"]?.integer == attempts, "\(run.all)")
        #expect(server.requests.count == attempts)
        #expect(try live.project.read("fixtures/s/c1/p.small.yaml").contains("attempts: \(attempts)"))
        #expect(try live.run("run", key: nil).file.executions.first?["attempts"]?.integer == attempts)
    }
}
