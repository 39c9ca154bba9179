import Foundation
import JSON
import StubServer
import Testing

/// `judge calibrate` and what a calibration does in a run, on the real program with a judge whose verdicts are known.
@Suite("Calibration of judges", .serialized)
struct JudgeCalibrateTests {
    /// A judge that passes every answer with the word "please", and gives no verdict on the word "broken".
    private static func judge() throws -> StubServer {
        try StubServer { request in
            let answer = request.text.components(separatedBy: "<answer-").dropFirst().first ?? ""
            let end = answer.range(of: "</answer-")?.lowerBound ?? answer.endIndex
            if answer[..<end].contains("broken") {
                return .json(200, LiveProject.completion("I would rather not say."))
            }
            let passes = answer[..<end].contains("please")
            return .json(200, LiveProject.completion(#"{"reason": "looked for please", "pass": \#(passes)}"#))
        }
    }

    /// A project with labels of the four kinds, as often as asked for, and a suite that judges by the same rubric.
    private static func project(
        _ url: String, labels: (Int, Int, Int, Int) = (4, 1, 4, 1), more: [String] = [],
        floor: String = "0.5"
    ) throws -> LiveProject {
        func lines(_ count: Int, _ output: String, _ label: String) -> [String] {
            (0..<count).map {
                #"{"id": "\#(label)-\#(output)-\#($0)", "output": "\#(output) \#($0) \#(label)", "label": "\#(label)"}"#
            }
        }
        let all =
            lines(labels.0, "please", "pass") + lines(labels.1, "please", "fail")
            + lines(labels.2, "now", "fail") + lines(labels.3, "now", "pass") + more
        let settings = LiveProject.settings(
            url,
            models: [
                "small: {provider: stub, model: gpt-4.1-mini}", "judge: {provider: stub, model: gpt-5-mini}",
            ],
            more: "judge: {model: judge, require_calibration: \(floor)}\n")
        return try LiveProject(
            settings: settings,
            cases: [
                "{id: c1, question: Where?, response: \"please wait 1\", assert: [{use: ../policies/polite.yaml}]}",
                "{id: c2, question: Where?, response: \"go away\", assert: [{use: ../policies/polite.yaml}]}",
            ], gates: ["{metric: pass_rate, min: 0.4}"],
            files: [
                "policies/polite.yaml": "- {rubric: Says please., metric: polite}\n",
                "labels.jsonl": all.joined(separator: "\n"), "guide.md": "Pass what is polite.\n",
            ])
    }

    private static let calibrate = ["judge", "calibrate", "labels.jsonl", "--rubric", "policies/polite.yaml"]

    private func run(_ project: LiveProject, _ words: [String], key: Bool = true) throws -> ToolRun {
        try ToolRun.run(
            words, in: project.project.path, environment: key ? ["STUB_KEY": LiveProject.key] : [:])
    }

    @Test("a judge is measured by labels, recorded, replayed without network, and kept as a file")
    func measures() throws {
        let server = try Self.judge()
        let live = try Self.project(server.url, labels: (9, 2, 8, 1))
        let words = Self.calibrate + ["--guide", "guide.md", "--report", "json"]
        let run = try run(live, words + ["--mode", "record"])
        #expect(run.exitCode == 0, "\(run.all)")
        let found = try run.json()
        #expect(found["counts"]?["true_passes"] == 9)
        #expect(found["counts"]?["false_passes"] == 2)
        #expect(found["counts"]?["true_fails"] == 8)
        #expect(found["counts"]?["false_fails"] == 1)
        // By hand: p₀ = 17/20, pₑ = (10·11 + 10·9)/400 = 0.5, κ = 0.35/0.5 = 0.7.
        #expect(abs((found["kappa"]?["value"]?.double ?? 0) - 0.7) < 1e-9)
        #expect(found["sensitivity"]?["value"]?.double == 0.9)
        #expect(found["specificity"]?["value"]?.double == 0.8)
        #expect(found["disagreements"]?.array?.count == 3)
        #expect(found["disagreements"]?[0]?["reason"] == "looked for please")
        #expect(run.errors.contains("few-labels"))
        #expect(run.errors.contains("saved calibrations/polite.calibration.yaml"))
        let file = try live.project.read("calibrations/polite.calibration.yaml")
        #expect(file.contains("true_passes: 9"))
        #expect(file.contains("Says please."))
        #expect(live.project.exists("fixtures/judge-calibrate/polite.given.jsonl"))
        server.stop()
        let replay = try self.run(live, words, key: false)
        #expect(replay.exitCode == 0, "\(replay.all)")
        #expect(replay.output == run.output)
        let pruned = try self.run(live, ["fixtures", "prune"])
        #expect(pruned.exitCode == 0, "\(pruned.all)")
        #expect(live.project.exists("fixtures/judge-calibrate/polite.given.jsonl"))
        let text = try self.run(live, Self.calibrate, key: false)
        #expect(text.output.contains("people pass             9           1"), "\(text.output)")
        #expect(text.output.contains("Cohen's κ     0.70"))
        #expect(text.errors.contains("no-guide"))
    }

    @Test("without recordings nothing is measured, and without verdicts nothing is kept")
    func gaps() throws {
        let server = try Self.judge()
        let broken = #"{"id": "b", "output": "broken", "label": "pass"}"#
        let live = try Self.project(server.url, labels: (4, 0, 5, 0), more: [broken])
        let replay = try run(live, Self.calibrate)
        #expect(replay.exitCode == 4, "\(replay.all)")
        #expect(!live.project.exists("calibrations"))
        // One of ten is borne.
        let tenth = try run(live, Self.calibrate + ["--mode", "live"])
        #expect(tenth.exitCode == 0, "\(tenth.all)")
        #expect(tenth.output.contains("1 of 10 labels without verdict"))
        try live.project.remove("calibrations/polite.calibration.yaml")
        try live.project.write(
            #"{"output": "please", "label": "pass"}"# + "\n" + broken, to: "labels.jsonl")
        let half = try run(live, Self.calibrate + ["--mode", "live"])
        #expect(half.exitCode == 3, "\(half.all)")
        #expect(half.errors.contains("nothing was saved: 1 of 2 labels have no verdict"))
        #expect(!live.project.exists("calibrations/polite.calibration.yaml"))
    }

    @Test(
        "a calibration of another rubric is replaced and told; one of another type or metric is not replaced")
    func replacing() throws {
        let server = try Self.judge()
        let live = try Self.project(server.url)
        let words = Self.calibrate + ["--mode", "live"]
        let first = try run(live, words)
        #expect(first.exitCode == 0 && !first.errors.contains("replaces"), "\(first.all)")
        #expect(try !run(live, words).errors.contains("replaces"))
        try live.project.write("- {rubric: Says 'please'., metric: polite}\n", to: "policies/polite.yaml")
        let second = try run(live, words)
        #expect(second.exitCode == 0, "\(second.all)")
        #expect(second.errors.contains("another instrument: rubric changed"), "\(second.errors)")
        let kept = try live.project.read("calibrations/polite.calibration.yaml")
        try live.project.write(
            "- {g-eval: Says please., metric: polite, threshold: 0.5}\n", to: "policies/polite.yaml")
        let other = try run(live, words)
        #expect(other.exitCode == 2, "\(other.all)")
        #expect(other.errors.contains("error[other-calibration]") && other.errors.contains("--name"))
        #expect(try live.project.read("calibrations/polite.calibration.yaml") == kept)
    }

    @Test("what is decided without a judge is told, and is no verdict of it")
    func unasked() throws {
        let server = try Self.judge()
        let live = try Self.project(server.url)
        try live.project.write(
            "- {rubric: Says please., metric: polite, select: $.text}\n", to: "policies/polite.yaml")
        func line(_ output: String, _ label: String) -> String {
            "{\"output\": \(JSONWriter.compact.text(of: .string(output))), \"label\": \"\(label)\"}"
        }
        let good = (0..<9).map { line("{\"text\": \"please \($0)\"}", "pass") }
        try live.project.write((good + [line("{}", "fail")]).joined(separator: "\n"), to: "labels.jsonl")
        let tenth = try run(live, Self.calibrate + ["--mode", "live"])
        #expect(tenth.exitCode == 0, "\(tenth.all)")
        #expect(tenth.output.contains("1 of 10 labels were decided without a judge"), "\(tenth.all)")
        #expect(tenth.output.contains("n=9  both say the same"), "\(tenth.all)")
        try live.project.remove("calibrations/polite.calibration.yaml")
        try live.project.write(
            (good.prefix(8) + [line("{}", "fail")]).joined(separator: "\n"), to: "labels.jsonl")
        let ninth = try run(live, Self.calibrate + ["--mode", "live"])
        #expect(ninth.exitCode == 3, "\(ninth.all)")
        #expect(ninth.errors.contains("nothing was saved: 1 of 9 labels have no verdict"), "\(ninth.errors)")
    }

    @Test("a required calibration holds for the rubric as it was measured, and for no other")
    func required() throws {
        let server = try Self.judge()
        let live = try Self.project(server.url, labels: (18, 2, 18, 2))
        let before = try live.run("record")
        #expect(before.run.exitCode == 3, "\(before.run.all)")
        #expect(server.requests.isEmpty, "a verdict that can't count was paid for")
        #expect(try run(live, ["check"]).errors.contains("uncalibrated-judge"))
        let measured = try run(live, Self.calibrate + ["--mode", "record", "--guide", "guide.md"])
        #expect(measured.exitCode == 0, "\(measured.all)")
        let after = try live.run("record")
        #expect(after.run.exitCode == 0, "\(after.run.all)")
        // Se = Sp = 0.9: (0.5 + 0.9 − 1)/(0.9 + 0.9 − 1) = 0.5.
        let row = try #require(after.file.value["judges"]?[0])
        #expect(row["pass_rate"] == 0.5)
        #expect(abs((row["calibration"]?["corrected"]?["value"]?.double ?? 0) - 0.5) < 1e-9)
        #expect(row["calibration"]?["labels"] == 40)
        #expect(after.run.output.contains("corrected"), "\(after.run.output)")
        #expect(!(try run(live, ["check"]).errors.contains("uncalibrated-judge")))
        try live.project.write("Pass what is kind.\n", to: "guide.md")
        #expect(try run(live, ["check"]).errors.contains("guide-changed"))

        try live.project.write("- {rubric: Says please!, metric: polite}\n", to: "policies/polite.yaml")
        let edited = try live.run("record")
        #expect(edited.run.exitCode == 3, "\(edited.run.all)")
        let error = edited.file.executions[0]["error"]
        #expect(error?["kind"] == "judge")
        #expect(
            error?["message"]?.string?.contains(
                "since calibrations/polite.calibration.yaml, this changed: rubric") == true)
        let allowed = try live.run("record", "--allow-uncalibrated")
        #expect(allowed.run.exitCode == 0, "\(allowed.run.all)")
        #expect(allowed.run.output.contains("allowed by --allow-uncalibrated"), "\(allowed.run.all)")
    }

    @Test("a κ below the floor makes errors, and a forged one is found")
    func belowFloor() throws {
        let server = try Self.judge()
        let live = try Self.project(server.url, labels: (6, 4, 6, 4), floor: "0.6")
        let measured = try run(live, Self.calibrate + ["--mode", "record"])
        #expect(measured.exitCode == 0, "\(measured.all)")
        let (run, file) = try live.run("record")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(
            file.executions[0]["error"]?["message"]?.string?.contains("κ 0.2 in calibrations/polite") == true)
        let path = "calibrations/polite.calibration.yaml"
        let text = try live.project.read(path)
        try live.project.write(
            text.replacingOccurrences(of: "  value: 0.2\n", with: "  value: 0.9\n"), to: path)
        let forged = try self.run(live, ["run"])
        #expect(forged.exitCode == 2, "\(forged.all)")
        #expect(forged.errors.contains("calibration-damaged"))
    }

    @Test(
        "what can't be calibrated is a mistake that says what to do",
        arguments: [
            ("- {contains: x}\n", [], "no-judge"),
            ("- {rubric: A., metric: a}\n- {rubric: B., metric: b}\n", [], "several-judges"),
            ("- {rubric: A., metric: a}\n- {rubric: B., metric: b}\n", ["--metric", "c"], "unknown-metric"),
            ("- {rubric: A.}\n", ["--name", "a b"], "bad-name"),
            ("- {rubric: A.}\n", ["--judge", "nobody"], "model"),
            ("- {rubric: A.}\n", ["--guide", "gone.md"], "gone.md"),
            ("rubric: [", [], "policies/polite.yaml"),
        ] as [(String, [String], String)])
    func mistakes(rubric: String, options: [String], words: String) throws {
        let live = try Self.project("http://127.0.0.1:9")
        try live.project.write(rubric, to: "policies/polite.yaml")
        let run = try run(live, Self.calibrate + options)
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
