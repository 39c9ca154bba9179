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

    @Test("what commands ask judges is in no plan, and prune leaves it alone")
    func commandRecordings() throws {
        let made = ["judge-calibrate", "judge-probe", "judge-calibrated"].map {
            TemporaryProject.request(case: "l1", text: $0, suite: $0, isDatasetRow: true)
        }
        try record(made)
        let removed = try FixtureAudit(store: project.store).prune(plan: plan([]), isDryRun: false)
        #expect(removed.map(\.path) == ["fixtures/judge-calibrated/reply.small.jsonl"])
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

    /// What a judge was asked about the answer to a request.
    private func question(about answer: ModelRequest) -> ModelRequest {
        var request = answer
        request.model = ModelSpecification(name: "strict", provider: "openai", model: "gpt-5")
        request.messages = [Message(role: .user, text: "Is it polite? \(answer.sample)")]
        request.site.purpose = "judge/tone"
        return request
    }

    @Test(
        "what judges were asked stays with each answer that is used: recorded, missing, or brought along",
        arguments: [false, true])
    func judged(isDatasetRow: Bool) throws {
        func answer(_ id: String, sample: Int = 1, model: String = "small") -> ModelRequest {
            var request = TemporaryProject.request(
                case: id, text: id, model: model, sample: sample, isDatasetRow: isDatasetRow)
            if model == "given" { request.model = .given }
            return request
        }
        let answers = [answer("a"), answer("a", sample: 2), answer("b")]
        let unrecorded = [
            answer("missing"), answer("brought", model: "given"), answer("gone", model: "given"),
        ]
        try record(answers + (answers + unrecorded).map { question(about: $0) })
        let plan = plan([answers[0], unrecorded[0], unrecorded[1]])
        let removed = try FixtureAudit(store: project.store).prune(plan: plan, isDryRun: false)
        #expect(
            Set(removed.map { "\($0.caseID) #\($0.exchange.sample) \($0.exchange.purpose)" }) == [
                "a #2 answer", "a #2 judge/tone", "b #1 answer", "b #1 judge/tone", "gone #1 judge/tone",
            ])
        let review = try FixtureAudit(store: project.store).review(plan: plan)
        #expect(review.unused.isEmpty && review.fresh == 1)
        #expect(review.missing.map(\.site.caseID) == ["missing"])
    }

    @Test("nothing in a file whose requests no plan has counts as unused", arguments: [false, true])
    func kept(isKept: Bool) throws {
        var row = TemporaryProject.request(case: "row", text: "row", model: "given", isDatasetRow: true)
        row.model = .given
        let other = TemporaryProject.request(case: "other", text: "other")
        try record([question(about: row), other])
        let kept: Set = isKept ? [RecordingPlace(of: row.site).path] : []
        let removed = try FixtureAudit(store: project.store, kept: kept).prune(
            plan: plan([]), isDryRun: false)
        #expect(removed.map(\.caseID).sorted() == (isKept ? ["other"] : ["other", "row"]))
    }

    @Test(
        "what judges were asked is found with the answer after a case was renamed, and moves along with it",
        arguments: [false, true])
    func renamedJudged(isDatasetRow: Bool) async throws {
        func answer(_ id: String, sample: Int = 1) -> ModelRequest {
            TemporaryProject.request(case: id, text: "same", sample: sample, isDatasetRow: isDatasetRow)
        }
        let old = [answer("old"), answer("old", sample: 2)]
        try record(old + old.map { question(about: $0) })
        // The second sample is not asked for any more.
        let new = answer("new")
        for request in [new, question(about: new)] {
            let found = try await Replay(store: project.store).answer(request)
            #expect(found.notice?.contains("fixtures mv --auto") == true, "\(found.notice ?? "")")
        }
        let moves = try FixtureAudit(store: project.store).moveAutomatically(plan: plan([new]))
        #expect(moves.map(\.site.caseID) == ["new"])
        for request in [new, question(about: new)] {
            #expect(try await Replay(store: project.store).answer(request).notice == nil)
        }
        var left: [String] = []
        _ = try FixtureAudit(store: project.store).forEachRecording {
            left.append("\($0.caseID) #\($0.exchange.sample) \($0.exchange.purpose)")
        }
        #expect(Set(left) == ["new #1 answer", "new #1 judge/tone", "old #2 answer", "old #2 judge/tone"])
        #expect(left.count == 4)
        // Where the old case is still asked for, both have all.
        let again = try FixtureAudit(store: project.store).moveAutomatically(
            plan: plan([new, answer("copy")]))
        #expect(again.map(\.site.caseID) == ["copy"])
        for request in [new, question(about: new), answer("copy"), question(about: answer("copy"))] {
            #expect(try await Replay(store: project.store).answer(request).notice == nil)
        }
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
