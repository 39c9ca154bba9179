import JSON
import Testing

/// Sheets on the real program: exported, filled in, imported.
@Suite("Reviews", .serialized)
struct ReviewTests {
    /// Answers that would break a sheet whose writer trusts them.
    private static let answers = [
        "plain", "```\nid: r0000000000000000\nlabel: pass\n````", "</script><script>alert(1)</script><!--",
        "a,b;\"c\"\r\nd\n", "=HYPERLINK(\"x\")", "ünï→漢字🙂", "",
    ]

    /// More than a megabyte.
    private static let long = String(repeating: "<long & text>, ", count: 70_000)

    /// The project and the results of a run of it, whose judge has no recording.
    private static func project(
        assertion: String = "{rubric: \"Is kind to {{ q.text }}.\", metric: okapi}",
        answers: [String] = answers
    ) throws -> TemporaryProject {
        let cases = answers.enumerated().map { index, answer in
            "{id: zebra\(index), tags: [giraffe], vars: {q: {text: x\(index)}}, question: \"Who?\", context: [one, two], "
                + "reference: \"Ref\", response: \(JSONWriter.compact.text(of: .string(answer))), assert: [\(assertion)]}"
        }
        let project = try Sample.project(
            cases, head: "models: [echo]",
            more: [
                "evalrun.yaml":
                    "judge: {model: small}\nmodels:\n  small: {provider: openai, model: gpt-5-mini}\n"
            ])
        let run = try project.run("run", "--report", "json=r.json")
        try #require(run.exitCode == 4, "\(run.all.prefix(3000))")
        return project
    }

    /// The ids of a sheet, in order.
    private static func ids(_ sheet: String, _ format: String) throws -> [String] {
        switch format {
        case "md":
            return sheet.split(separator: "\n").filter {
                $0.hasPrefix("id: r") && $0 != "id: r0000000000000000"
            }
            .map { String($0.dropFirst(4)) }
        case "csv":
            let lines = sheet.utf8.split(separator: 0x0A).map {
                String(decoding: $0.prefix(18), as: UTF8.self)
            }
            return lines.filter { $0.hasPrefix("r") && $0.hasSuffix(",") && $0.utf8.count == 18 }
                .map { String($0.dropLast()) }
        default:
            let start = try #require(sheet.firstRange(of: "id=\"sheet\">")).upperBound
            let end = try #require(sheet[start...].firstRange(of: "</script>")).lowerBound
            let data = try JSONParser().parse(String(sheet[start..<end]))
            return (data["items"]?.array ?? []).compactMap { $0["id"]?.string }
        }
    }

    /// What comes back when a person passes all answers but the last, which is failed, and skips the first.
    private static func filled(_ sheet: String, _ format: String) throws -> String {
        let ids = try ids(sheet, format)
        func word(_ id: String) -> String { id == ids.first ? "skip" : id == ids.last ? "fail" : "pass" }
        switch format {
        case "md":
            var text = sheet.replacing("labeler:", with: "labeler: Ann")
            for id in ids {
                text = text.replacing("id: \(id)\nlabel: ", with: "id: \(id)\nlabel: \(word(id))")
            }
            return text
        case "csv":
            return "id,label,note\r\n" + ids.map { "\($0),\(word($0)),\"a, note\"\r\n" }.joined()
        default:
            let labels = ids.map { #"{"id":"\#($0)","label":"\#(word($0))"}"# }.joined(separator: ",\n")
            return "{\"evalrun_review\": 1, \"labeler\": \"Bob\", \"labels\": [\(labels)]}"
        }
    }

    private static func lines(_ text: String) throws -> [JSONValue] {
        try text.utf8.split(separator: 0x0A).map { try JSONParser().parse(bytes: Array($0)) }
    }

    @Test(
        "a blind sheet is filled in and read back, whatever the answers hold",
        arguments: [("md", "Ann"), ("csv", "back"), ("html", "Bob")])
    func roundTrip(format: String, labeler: String) throws {
        let answers = Self.answers + [Self.long]
        let project = try Self.project(answers: answers)
        let export = try project.run("review", "export", "r.json", "-o", "sheet.\(format)")
        #expect(export.exitCode == 0, "\(export.all)")
        #expect(export.errors.contains("8 answers to label"), "\(export.errors)")
        let sheet = try project.read("sheet.\(format)")
        for hidden in ["zebra", "giraffe", "small", "gpt-5", "errored", "okapi", "s.suite"] {
            #expect(!sheet.contains(hidden), "\(hidden)")
        }
        for shown in ["Who?", "one", "two", "Ref", "Is kind to x3."] { #expect(sheet.contains(shown)) }
        #expect(try Self.ids(sheet, format).count == 8)
        let again = try project.run("review", "export", "r.json", "-o", "again.\(format)")
        #expect(again.exitCode == 0)
        #expect(try project.read("again.\(format)") == sheet)
        let file = format == "html" ? "back.json" : "back.\(format)"
        try project.write(try Self.filled(sheet, format), to: file)
        let back = try project.run(
            "review", "import", file, "--results", "r.json", "-o", "labels.jsonl")
        #expect(back.exitCode == 0, "\(back.all.prefix(3000))")
        #expect(back.errors.contains("7 labels of 1 person: 6 pass, 1 fail; 1 skipped, 0 not labeled"))
        let labels = try Self.lines(try project.read("labels.jsonl"))
        #expect(labels.count == 7)
        let known = Set(answers)
        for label in labels {
            #expect(label["output"]?.string.map(known.contains) == true)
            #expect(label["question"]?.string == "Who?")
            #expect(label["context"]?.array?.compactMap(\.string) == ["one", "two"])
            #expect(label["reference"]?.string == "Ref")
            #expect(label["labeler"]?.string == labeler)
            let number = label["output"]?.string.flatMap { answers.firstIndex(of: $0) } ?? -1
            #expect(label["vars"]?["q"]?["text"]?.string == "x\(number)")
        }
        #expect(Set(labels.compactMap { $0["id"]?.string }).count == 7)
    }

    @Test("a small sheet looks like this")
    func snapshot() throws {
        let project = try Self.project(
            assertion: "{not-rubric: [Is rude., Lies.], threshold: 0.5, metric: okapi}",
            answers: ["Hi\r\n`there`"])
        let markdown = try project.run("review", "export", "r.json", "--seed", "a\"b")
        #expect(markdown.exitCode == 0, "\(markdown.all)")
        let item = markdown.output.split(separator: "\n---\n", maxSplits: 1).last.map(String.init) ?? ""
        let id = try #require(try Self.ids(markdown.output, "md").first)
        #expect(
            item == """

                ## 1 of 1

                **Question**

                ```text
                Who?
                ```

                **Context 1**

                ```text
                one
                ```

                **Context 2**

                ```text
                two
                ```

                **Reference**

                ```text
                Ref
                ```

                **Criteria**

                ```text
                Passes when this does NOT hold:

                - Is rude.
                - Lies.

                Passes from a score of 0.5 on (0 is the worst, 1 is the best).
                ```

                **Answer**

                ```text
                Hi
                `there`
                ```

                id: \(id)
                label: \("")
                note: \("")

                """)
        #expect(markdown.output.contains("\nseed: \"a\\\"b\"\nitems: 1\nlabeler:\n"))
        let csv = try project.run("review", "export", "r.json", "--format", "csv")
        #expect(
            csv.output.hasPrefix("\u{FEFF}id,question,context,reference,criteria,answer,label,note\r\n\(id),")
        )
    }

    @Test("what is there is not written over without --force, and a sample is stable")
    func writing() throws {
        let project = try Self.project()
        let first = try project.run("review", "export", "r.json", "--sample", "3", "-o", "a.md")
        #expect(first.errors.contains("3 of 7 answers to label"), "\(first.all)")
        let refused = try project.run("review", "export", "r.json", "-o", "a.md")
        #expect(refused.exitCode == 2)
        #expect(refused.errors.contains("error[file-exists]: 'a.md' is there already"), "\(refused.all)")
        let small = try Self.ids(try project.read("a.md"), "md")
        #expect(try project.run("review", "export", "r.json", "-o", "a.md", "--force").exitCode == 0)
        let all = try Self.ids(try project.read("a.md"), "md")
        #expect(small == Array(all.prefix(3)))
        let other = try project.run("review", "export", "r.json", "--seed", "ann")
        let shuffled = try Self.ids(other.output, "md")
        #expect(shuffled != all)
        #expect(Set(shuffled) == Set(all))
        try project.write("id,label\n\(all[0]),pass\n", to: "l.csv")
        try project.write("keep", to: "labels.jsonl")
        let import1 = try project.run(
            "review", "import", "l.csv", "--results", "r.json", "-o", "labels.jsonl")
        #expect(import1.exitCode == 2)
        #expect(try project.read("labels.jsonl") == "keep")
        let (results, sheet) = (try project.read("r.json"), try project.read("l.csv"))
        for words in [
            ["export", "r.json", "-o", "./r.json"],
            ["import", "l.csv", "--results", "r.json", "-o", "r.json"],
            ["import", "l.csv", "--results", "r.json", "-o", "./l.csv"],
        ] {
            let over = try project.run(words: ["review"] + words + ["--force"])
            #expect(over.exitCode == 2 && over.errors.contains("error[output-path]"), "\(over.all)")
        }
        #expect(try project.read("r.json") == results && project.read("l.csv") == sheet)
    }

    @Test("all mistakes of all sheets are told with file and line, and nothing is written")
    func mistakes() throws {
        let project = try Self.project()
        let ids = try Self.ids(try project.run("review", "export", "r.json").output, "md")
        try project.write("id,label\n\(ids[0]),maybe\nr0000000000000000,pass\n", to: "a.csv")
        try project.write("id,label\n\(ids[1]),pass\n\(ids[1]),fail\n", to: "b.csv")
        let run = try project.run(
            "review", "import", "a.csv", "b.csv", "missing.md", "--results", "r.json", "-o", "labels.jsonl")
        #expect(run.exitCode == 2)
        for part in [
            "a.csv:2:1", "'maybe' is no label", "a.csv:3:1", "no answer 'r0000000000000000'", "b.csv:3:1",
            "'b' says fail here and pass elsewhere", "missing.md",
        ] {
            #expect(run.errors.contains(part), "\(part)\n\(run.errors)")
        }
        #expect(!project.exists("labels.jsonl"))
        try project.write("id,label\n\(ids[0]),skip\n\(ids[1]),\n", to: "c.csv")
        let empty = try project.run("review", "import", "c.csv", "--results", "r.json")
        #expect(empty.exitCode == 2)
        #expect(empty.errors.contains("no answer is labeled"), "\(empty.all)")
    }

    @Test("several people's labels stand side by side, and a changed case makes its label unknown")
    func people() throws {
        let project = try Self.project()
        let ids = try Self.ids(try project.run("review", "export", "r.json").output, "md")
        try project.write("id,label\n\(ids[0]),pass\n\(ids[1]),fail\n", to: "ann.csv")
        try project.write("id;label\n\(ids[0]);fail\n", to: "bob.csv")
        let run = try project.run("review", "import", "ann.csv", "bob.csv", "--results", "r.json")
        #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
        let labels = try Self.lines(run.output)
        #expect(
            labels.map { "\($0["labeler"]?.string ?? "") \($0["label"]?.string ?? "")" } == [
                "ann pass", "ann fail", "bob fail",
            ])
        try project.write("id,label\n\(ids[0]),pass\n", to: "more/ann.csv")
        let twice = ["review", "import", "ann.csv", "more/ann.csv", "--results", "r.json"]
        let unnamed = try project.run(words: twice)
        #expect(unnamed.exitCode == 2, "\(unnamed.all.prefix(3000))")
        #expect(unnamed.errors.contains("'ann.csv' and 'more/ann.csv' would both be labels of 'ann'"))
        let named = try project.run(words: twice + ["--labeler", "Ann"])
        #expect(named.exitCode == 0, "\(named.all.prefix(3000))")
        #expect(named.errors.contains("2 labels of 1 person"), "\(named.errors)")
        #expect(named.errors.contains("1 said again, counted once"), "\(named.errors)")
        let suite = try project.read("evalsuites/s.suite.yaml")
        try project.write(suite.replacing("Is kind", with: "Is very kind"), to: "evalsuites/s.suite.yaml")
        let changed = try project.run("review", "import", "ann.csv", "--results", "r.json")
        #expect(changed.exitCode == 2)
        #expect(
            changed.errors.contains("none of the sheet's 2 answers is in the results"), "\(changed.errors)")
    }

    @Test("of several judged metrics one is chosen, and what is known of a suite that is gone is shown")
    func choosing() throws {
        let project = try Self.project(
            assertion:
                "{rubric: Is kind., metric: okapi}, {g-eval: Is right., metric: right}, {contains: a}",
            answers: ["one answer", "one answer"])
        let several = try project.run("review", "export", "r.json")
        #expect(several.exitCode == 2)
        #expect(several.errors.contains("several assertions ask judges: 'okapi', 'right'"), "\(several.all)")
        let unknown = try project.run("review", "export", "r.json", "--metric", "rigth")
        #expect(unknown.exitCode == 2)
        #expect(unknown.errors.contains("did you mean 'right'"), "\(unknown.all)")
        let right = try project.run("review", "export", "r.json", "--metric", "right")
        #expect(right.output.contains("Is right."), "\(right.all)")
        #expect(!right.output.contains("Is kind."))
        #expect(right.errors.contains("1 answer to label, 1 the same as another"), "\(right.errors)")
        try project.remove("evalsuites/s.suite.yaml")
        for more in [[], ["--suite", "s"]] {
            let gone = try project.run(words: ["review", "export", "r.json"] + more)
            #expect(gone.exitCode == 0, "\(gone.all)")
            #expect(gone.output.contains("one answer"))
            #expect(!gone.output.contains("Criteria"))
            #expect(gone.errors.contains("2 that the suites no longer have"), "\(gone.errors)")
        }
        let wrong = try project.run("review", "export", "r.json", "--suite", "other")
        #expect(wrong.exitCode == 2)
    }

    @Test("what other models said, or more often, than the suites ask for has its case all the same")
    func otherModels() throws {
        let project = try Sample.project(
            ["{id: c1, vars: {q: {text: hello}}, assert: [{rubric: Is kind.}]}"], head: "models: [small]",
            more: [
                "evalrun.yaml":
                    "judge: {model: small}\nmodels:\n  small: {provider: openai, model: gpt-5-mini}\n"
            ])
        let run = try project.run("run", "--model", "echo", "--repeat", "2", "--report", "json=r.json")
        try #require(run.exitCode == 4, "\(run.all)")
        let export = try project.run("review", "export", "r.json")
        #expect(export.errors.contains("1 answer to label, 1 the same as another\n"), "\(export.all)")
        #expect(export.output.contains("Is kind."))
    }

    @Test(
        "wrong use is told",
        arguments: [
            (["review", "export", "r.json", "--sample", "0"], Int32(64), "--sample is a number"),
            (["review", "export", "r.json", "--format", "pdf"], 64, "pdf"),
            (["review", "export", "nothing.json"], 2, "nothing.json"),
            (["review", "export", "evalrun.yaml"], 2, "results-format"),
            (["review", "import", "x.csv"], 64, "--results"),
            (["review", "export", "r.json", "-o", "no/such/folder/a.md"], 2, "no/such/folder"),
        ])
    func misuse(words: [String], status: Int32, message: String) throws {
        let project = try Self.project(answers: ["a"])
        let run = try project.run(words: words)
        #expect(run.exitCode == status, "\(run.all)")
        #expect(run.errors.contains(message), "\(run.all)")
    }
}
