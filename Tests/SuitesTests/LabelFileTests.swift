import Diagnostics
import Files
import JSON
import Testing

@testable import Suites

@Suite("Labels")
struct LabelFileTests {
    private func read(_ lines: [String]) throws -> (sheet: LabelSheet?, reader: SourceReader) {
        let project = try TemporaryProject(["labels.jsonl": lines.joined(separator: "\n")])
        let reader = SourceReader(WorkingTree(project.root))
        let path = try #require(ProjectPath("labels.jsonl"))
        return (LabelFile(reader: reader).sheet(path), reader)
    }

    @Test(
        "a label is pass or fail, true or false, 1 or 0",
        arguments: [
            (#""pass""#, true), (#""fail""#, false), ("true", true), ("false", false), ("1", true),
            ("0", false), ("1.0", true), (#""Pass""#, nil), (#""maybe""#, nil), ("null", nil), ("2", nil),
            (#""""#, nil), ("[]", nil), (#""incorrect""#, nil),
        ] as [(String, Bool?)])
    func labels(written: String, passes: Bool?) throws {
        let (sheet, reader) = try read([#"{"output": "a", "label": \#(written)}"#])
        #expect(sheet?.answers.map(\.passes) == passes.map { [$0] })
        #expect(reader.bag.diagnostics.map(\.id) == (passes == nil ? ["bad-label"] : []))
    }

    @Test("a line has all that a judge may look at, and an id that follows from it where none is written")
    func members() throws {
        let (sheet, _) = try read([
            "\u{FEFF}"
                + #"{"id": "x", "output": "o", "label": "pass", "question": "q", "context": ["c", "d"],"#
                + #" "reference": "r", "vars": {"n": 1}, "labeler": "ada"}"#, "", "  \r",
            #"{"output": "o", "label": "fail", "context": "c", "id": null}"#,
        ])
        let answers = try #require(sheet?.answers)
        #expect(answers.map(\.id).first == "x")
        #expect(answers[0].context == ["c", "d"])
        #expect(answers[0].question == "q")
        #expect(answers[0].reference == "r")
        #expect(answers[0].variables == ["n": 1])
        #expect(answers[1].context == ["c"])
        #expect(answers[1].id.utf8.count == 12)
        #expect(answers[1].mark.line == 4)
        #expect(sheet?.sha256.utf8.count == 64)
    }

    @Test("all mistakes of a file are told at once, each at its line")
    func mistakes() throws {
        let (sheet, reader) = try read([
            #"{"output": "a", "label": "pass", "lable": "x"}"#, #"{"label": "pass"}"#, #"{"output": "a"}"#,
            "not json", "[]", #"{"output": 3, "label": "pass"}"#,
            #"{"output": "a", "label": "pass", "context": [1], "vars": [], "reference": {}}"#,
            #"{"id": "", "output": "b", "label": "pass"}"#,
        ])
        #expect(sheet == nil)
        let found = reader.bag.sorted.map { "\($0.mark?.line ?? 0) \($0.id)" }
        #expect(
            found.sorted() == [
                "1 unknown-key", "2 missing-key", "3 bad-label", "4 bad-json", "5 bad-row", "6 wrong-type",
                "7 wrong-type", "7 wrong-type", "7 wrong-type", "8 bad-id",
            ])
        #expect(reader.bag.sorted.first { $0.id == "unknown-key" }?.hint?.contains("label") == true)
    }

    @Test("a file without labels is a mistake", arguments: ["", "\n \n", "\u{FEFF}"])
    func empty(text: String) throws {
        let (sheet, reader) = try read([text])
        #expect(sheet == nil)
        #expect(reader.bag.diagnostics.map(\.id) == ["no-labels"])
    }

    @Test("of several people's labels the majority counts, and a tie is left out")
    func majority() throws {
        func line(_ id: String, _ label: String, _ labeler: String) -> String {
            #"{"id": "\#(id)", "output": "o \#(id)", "label": "\#(label)", "labeler": "\#(labeler)"}"#
        }
        let (sheet, _) = try read([
            line("a", "pass", "x"), line("b", "fail", "x"), line("a", "fail", "y"), line("a", "pass", "z"),
            line("b", "pass", "y"), line("c", "fail", "x"), line("c", "fail", "y"),
        ])
        #expect(sheet?.answers.map(\.id) == ["a", "c"])
        #expect(sheet?.answers.map(\.passes) == [true, false])
        #expect(sheet?.ties == ["b"])
        #expect(sheet?.sharedAnswers == 3)
        // By hand: Dₒ = (4/2 + 2/1 + 0)/7 = 4/7; Dₑ = (49 − 3² − 4²)/42 = 24/42; α = 1 − (4/7)/(24/42) = 0.
        let alpha = try #require(sheet?.humanAgreement)
        #expect(abs(alpha) < 1e-12)
    }

    @Test(
        "an answer that stands there twice counts once, and nobody contradicts himself",
        arguments: [
            // Without ids: once.
            ([#"{"output": "a", "label": "pass"}"#, #"{"output": "a", "label": "pass"}"#], 1, []),
            // Under two ids: once, since it is no second proof.
            (
                [
                    #"{"id": "1", "output": "a", "label": "pass"}"#,
                    #"{"id": "2", "output": "a", "label": "pass"}"#,
                ], 1, []
            ),
            // Another question makes another answer.
            (
                [
                    #"{"output": "a", "label": "pass"}"#,
                    #"{"output": "a", "question": "q", "label": "pass"}"#,
                ], 2, []
            ),
            (
                [#"{"output": "a", "label": "pass"}"#, #"{"output": "a", "label": "fail"}"#], 0,
                ["contradictory-labels"]
            ),
            (
                [
                    #"{"id": "1", "output": "a", "label": "pass"}"#,
                    #"{"id": "1", "output": "b", "label": "pass"}"#,
                ], 0, ["duplicate-id"]
            ),
            (
                [
                    #"{"id": "1", "output": "a", "label": "pass"}"#,
                    #"{"id": "1", "output": "a", "label": "pass"}"#,
                ], 0, ["duplicate-id"]
            ),
            (
                [
                    #"{"id": "1", "output": "a", "label": "pass", "labeler": "x"}"#,
                    #"{"id": "1", "output": "a", "label": "pass"}"#,
                ], 1, []
            ),
        ] as [([String], Int, [String])])
    func duplicates(lines: [String], count: Int, mistakes: [String]) throws {
        let (sheet, reader) = try read(lines)
        #expect((sheet?.answers.count ?? 0) == count)
        #expect(reader.bag.diagnostics.map(\.id) == mistakes)
    }
}
