import Evals
import Testing

@testable import Recordings

@Suite("Places of recordings")
struct RecordingPlaceTests {
    private func path(_ id: String, prompt: String = "reply", model: String = "small", pack: Bool = false)
        -> String
    {
        RecordingPlace(
            of: CallSite(suite: "s", caseID: id, prompt: prompt, model: model, isDatasetRow: pack)
        ).path
    }

    @Test("paths follow from suite, case, prompt and model")
    func paths() {
        #expect(path("late-parcel") == "fixtures/s/late-parcel/reply.small.yaml")
        #expect(path("x", prompt: "reply@3") == "fixtures/s/x/reply_3.small.yaml")
        #expect(path("x", model: "openai/gpt-5-mini") == "fixtures/s/x/reply.openai_gpt-5-mini.yaml")
        #expect(path("any row!", pack: true) == "fixtures/s/reply.small.jsonl")
    }

    @Test(
        "ids that a path can't hold, or that differ in letter case alone, get a hash",
        arguments: [
            ("a/b", "a_b-"), ("Late", "Late-"), ("late[tone=formal]", "late_tone_formal_-"), (".", "_-"),
            ("..", "__-"),
            (".hidden", "_hidden-"), ("end.", "end_-"), ("ü", "_-"), ("", "_-"),
            (String(repeating: "x", count: 200), String(repeating: "x", count: 100) + "-"),
        ])
    func hashed(id: String, beginning: String) {
        let name = RecordingPlace.caseName(id)
        #expect(name.hasPrefix(beginning))
        #expect(name.utf8.count == beginning.utf8.count + 8)
    }

    @Test("no two of these ids share a folder, not even where letter case does not count")
    func distinct() {
        let ids = ["late", "Late", "LATE", "a b", "a_b", "a/b", ".", "..", "_", "__", "é", "e\u{301}", ""]
        #expect(Set(ids.map { RecordingPlace.caseName($0).lowercased() }).count == ids.count)
        #expect(RecordingPlace.caseName("a_b") == "a_b")
    }
}
