import Diagnostics
import Testing

@testable import Reviews

@Suite("Labels of several people")
struct LabelCollectionTests {
    private static func sheet(_ file: String, _ rows: String) -> FilledSheet {
        FilledSheet(Array(("id,label,note\n" + rows).utf8), file: file)
    }

    private static func collection() -> LabelCollection {
        LabelCollection(results: "mine") { ["r1", "r2", "r3"].contains($0) }
    }

    @Test("each row keeps its labeler; skipped and empty ones are counted and left out")
    func merging() {
        var labels = Self.collection()
        labels.add(Self.sheet("a", "r1,pass,why\nr2,skip,\nr3,,\n"), labeler: "ann")
        labels.add(Self.sheet("b", "r1,fail,\nr2,Fail,\nr2,fail,\n"), labeler: "bob")
        labels.add(Self.sheet("c", "r1,fail,\n"), labeler: "bob")
        #expect(labels.diagnostics == [])
        #expect(
            labels.rows.map { "\($0.id) \($0.passes) \($0.labeler)" } == [
                "r1 true ann", "r1 false bob", "r2 false bob",
            ])
        #expect(labels.skipped == 1)
        #expect(labels.unlabeled == 1)
        #expect(labels.repeated == 2)
        #expect(labels.notes == 1)
    }

    @Test(
        "what is no label, or about no answer, or contradicts itself is a mistake at its line",
        arguments: [
            ("r1,maybe,\n", "bad-label", 2), ("r1,pass,\nr9,pass,\n", "unknown-id", 3),
            ("r1,pass,\nr1,fail,\n", "contradictory-labels", 3), ("r8,pass,\nr9,pass,\n", "unknown-id", 2),
            ("r1,1,\n", "bad-label", 2), ("r1,passed,\n", "bad-label", 2),
            ("r1,pass,\nr1,skip,\n", "contradictory-labels", 3),
        ])
    func mistakes(rows: String, id: String, line: Int) {
        var labels = Self.collection()
        labels.add(Self.sheet("a", rows), labeler: "ann")
        #expect(labels.diagnostics.map(\.id) == [id])
        #expect(labels.diagnostics.first?.mark == SourceMark(file: "a", line: line, column: 1))
    }

    @Test("a sheet of other results is told once, not answer by answer")
    func otherResults() {
        var labels = Self.collection()
        let json =
            #"{"evalrun_review": 1, "results": "theirs", "labels": [{"id": "r8", "label": "pass"}, {"id": "r9", "label": "fail"}]}"#
        labels.add(FilledSheet(Array(json.utf8), file: "a"), labeler: "ann")
        #expect(labels.diagnostics.map(\.id) == ["other-results"])
        #expect(labels.rows.isEmpty)
    }
}
