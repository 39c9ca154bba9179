import Diagnostics
import Files
import JSON
import Testing

@testable import Recordings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("The store of recordings") struct FixtureStoreTests {
    @Test("a folder of recordings that can't be read is an error, not an empty one")
    func unreadable() throws {
        let project = try TemporaryProject()
        #expect(try project.store.files().isEmpty)
        try project.write("no folder", to: "fixtures")
        let store = project.store
        #expect(throws: DiagnosticError.self) { try store.files() }
        #expect(throws: DiagnosticError.self) { try FixtureAudit(store: store).forEachRecording { _ in } }
        let key = String(repeating: "a", count: 64)
        guard case .unreadable = store.find(TemporaryProject.request(), key: key) else {
            Testing.Issue.record("an unreadable folder has no recordings")
            return
        }
    }

    @Test("what can't be a path of the project is an error, not a success")
    func paths() throws {
        let project = try TemporaryProject()
        let recording = Recording(caseID: "a", exchanges: [])
        #expect(throws: DiagnosticError.self) {
            try SpooledFile.write(recording, to: "../x.yaml", in: project.tree)
        }
        #expect(throws: DiagnosticError.self) { try FixtureRemoval(store: project.store).delete("../x.yaml") }
        #expect(throws: DiagnosticError.self) {
            try PackWriter(path: "../x.jsonl").finish(in: project.tree)
        }
    }

    @Test("a row of a pack can't grow without bounds")
    func expansion() throws {
        let message: JSONValue = ["role": "user", "content": ["$text": "t"]]
        let row: JSONValue = [
            "exchanges": [["request": ["messages": .array(Array(repeating: message, count: 100))]]]
        ]
        let text = JSONValue.string(String(repeating: "x", count: 1 << 20))
        #expect(throws: RecordingMistake.self) {
            try PackTexts.expand(row) { (_) throws(RecordingMistake) in text }
        }
        #expect(throws: Never.self) {
            try PackTexts.expand(row) { (_) throws(RecordingMistake) in "short" }
        }
    }

    @Test("prompts on models that would share a file are found")
    func shared() {
        let shared = RecordingPlace.shared([
            ("a", "b.c"), ("a.b", "c"), ("p@3", "m"), ("p_3", "m"), ("p", "openai/x"), ("p", "openai_x"),
            ("p", "other"), ("p", "other"),
        ])
        #expect(
            shared.map { [$0.0, $0.1] } == [
                ["a on b.c", "a.b on c"], ["p@3 on m", "p_3 on m"], ["p on openai/x", "p on openai_x"],
            ])
    }
}
