import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Audit, prune and mv")
struct FixtureAuditTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private func plan(_ requests: [ModelRequest]) -> PlannedRequests {
        { (visit) throws(DiagnosticError) in for request in requests { try visit(request) } }
    }

    private func record(_ requests: [ModelRequest]) throws {
        var writer = RecordingWriter(store: project.store)
        for request in requests {
            let reply = Reply(content: "to \(request.site.caseID)")
            writer.add(Exchange(request: request, response: reply, recordedAt: nil), at: request.site)
        }
        _ = try writer.commit()
    }

    private let cases = ["a", "b", "c"].map { TemporaryProject.request(case: $0, text: $0) }
    private let rows = ["r1", "r2", "r3"].map {
        TemporaryProject.request(case: $0, text: $0, suite: "rows", isDatasetRow: true)
    }

    @Test("every recording is listed, and damaged files are told")
    func list() throws {
        try record(cases + rows)
        try project.write("nonsense", to: "fixtures/support/d/reply.small.yaml")
        var listed: [String] = []
        let mistakes = try FixtureAudit(store: project.store).forEachRecording {
            listed.append("\($0.path) \($0.caseID) \($0.shortKey.utf8.count)")
        }
        #expect(
            listed == ["r1", "r2", "r3"].map { "fixtures/rows/reply.small.jsonl \($0) 12" }
                + ["a", "b", "c"].map { "fixtures/support/\($0)/reply.small.yaml \($0) 12" })
        #expect(mistakes.map(\.mark?.file) == ["fixtures/support/d/reply.small.yaml"])
    }

    @Test("a review tells fresh, stale, missing, moved and unused recordings apart")
    func review() throws {
        try record(cases + rows)
        let asked = [
            cases[0], TemporaryProject.request(case: "b", text: "changed"),
            TemporaryProject.request(case: "new", text: "new"),
            TemporaryProject.request(case: "c2", text: "c"), rows[0],
        ]
        let review = try FixtureAudit(store: project.store).review(plan: plan(asked))
        #expect(review.fresh == 2)
        #expect(review.stale.map(\.site.caseID) == ["b"])
        #expect(review.missing.map(\.site.caseID) == ["new"])
        #expect(review.moved.map(\.detail) == ["fixtures/support/c/reply.small.yaml"])
        #expect(review.unused.map(\.caseID) == ["r2", "r3"])
    }

    @Test("prune removes what the plan does not use, and only says so on a dry run")
    func prune() throws {
        try record(cases + rows)
        let audit = FixtureAudit(store: project.store)
        let dry = try audit.prune(plan: plan([cases[0], rows[1]]), isDryRun: true)
        #expect(dry.map(\.caseID) == ["r1", "r3", "b", "c"])
        #expect(project.exists("fixtures/support/b/reply.small.yaml"))
        #expect(try audit.prune(plan: plan([cases[0], rows[1]]), isDryRun: false) == dry)
        #expect(!project.exists("fixtures/support/b"))
        let left = try audit.review(plan: plan([cases[0], rows[1]]))
        #expect(left.fresh == 2)
        #expect(left.unused.isEmpty)
        _ = try audit.prune(plan: plan([]), isDryRun: false)
        #expect(!project.exists("fixtures/rows"))
        #expect(project.exists("fixtures"))
    }

    @Test("prune changes nothing while a file can't be read")
    func pruneDamaged() throws {
        try record(cases)
        try project.write("nonsense", to: "fixtures/support/d/reply.small.yaml")
        let audit = FixtureAudit(store: project.store)
        #expect(throws: DiagnosticError.self) { try audit.prune(plan: plan([]), isDryRun: false) }
        #expect(project.exists("fixtures/support/a/reply.small.yaml"))
    }

    @Test("mv --auto moves what the plan wants elsewhere, and copies what it wants twice")
    func moveAutomatically() async throws {
        try record(cases + rows)
        let asked = [
            cases[0], TemporaryProject.request(case: "a-copy", text: "a"),
            TemporaryProject.request(case: "B", text: "b"),
            TemporaryProject.request(case: "r9", text: "r1", suite: "rows", isDatasetRow: true), rows[1],
        ]
        let audit = FixtureAudit(store: project.store)
        let moves = try audit.moveAutomatically(plan: plan(asked))
        #expect(moves.map(\.site.caseID) == ["a-copy", "B", "r9"])
        #expect(!project.exists("fixtures/support/b"))
        let after = try audit.review(plan: plan(asked))
        #expect(after.fresh == asked.count)
        #expect(after.unused.map(\.caseID) == ["r3", "c"])
    }

    @Test("an explicit mv renames case, suite, prompt and model")
    func rename() async throws {
        try record(cases + rows)
        let rename = FixtureRename(store: project.store)
        _ = try rename.move(.init(suite: "support", caseID: "a"), to: .init(suite: "help", caseID: "first"))
        _ = try rename.move(.init(suite: "rows"), to: .init(suite: "lines"))
        _ = try rename.move(.init(suite: "lines", model: "small"), to: .init(suite: "lines", model: "tiny"))
        _ = try rename.move(.init(suite: "lines", caseID: "r1"), to: .init(suite: "lines", caseID: "one"))
        let asked = [
            TemporaryProject.request(case: "first", text: "a", suite: "help"),
            TemporaryProject.request(
                case: "one", text: "r1", model: "tiny", suite: "lines", isDatasetRow: true),
            TemporaryProject.request(
                case: "r2", text: "r2", model: "tiny", suite: "lines", isDatasetRow: true),
        ]
        #expect(try FixtureAudit(store: project.store).review(plan: plan(asked)).fresh == 3)
        #expect(throws: DiagnosticError.self) {
            try rename.move(.init(suite: "support", caseID: "b"), to: .init(suite: "support", caseID: "c"))
        }
        #expect(throws: DiagnosticError.self) {
            try rename.move(.init(suite: "none"), to: .init(suite: "other"))
        }
    }
}
