import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Suites

@Suite("Files of calibrations")
struct CalibrationFileTests {
    private static let parts: JSONObject = [
        "type": "llm-rubric", "negated": false, "value": "Is polite: \"yes\".\nSecond line #1\n",
        "options": [:],
        "select": nil, "xpath": nil, "transform": [], "threshold": .double(0.7),
        "judges": [["model": "stub/judge", "parameters": ["seed": 7]]], "vote": "majority", "repeat": 1,
        "prompts": [["name": "judge-rubric", "sha256": "ab"]],
    ]

    private static func record(
        _ name: String = "polite", counts: (Int, Int, Int, Int) = (45, 6, 24, 5), guide: String? = nil
    ) -> CalibrationRecord {
        let hash = ContentHash.sha256Hex(CanonicalJSON.bytes(of: .object(parts)))
        return CalibrationRecord(
            JudgeCalibration(
                file: "calibrations/\(name).calibration.yaml", name: name, instrument: hash, parts: parts,
                truePasses: counts.0, falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3),
            date: "2026-05-01", models: ["judge"], prompts: ["judge-rubric@1"],
            labels: .init(file: "labels.jsonl", sha256: "cd"),
            guide: guide.map { .init(file: "guide.md", sha256: ContentHash.sha256Hex(Array($0.utf8))) },
            withoutVerdict: 1)
    }

    private func load(_ files: [String: [UInt8]]) throws -> CalibrationFolder {
        let project = try TemporaryProject()
        for (path, bytes) in files { try project.write(path, bytes: bytes) }
        return CalibrationFolder(WorkingTree(project.root))
    }

    @Test(
        "what is written is read back, whatever the counts",
        arguments: [(45, 6, 24, 5), (10, 0, 10, 0), (10, 0, 0, 0), (3, 0, 0, 4), (0, 0, 0, 1)])
    func roundTrip(counts: (Int, Int, Int, Int)) throws {
        let record = Self.record(counts: counts)
        let project = try TemporaryProject()
        try project.write(record.calibration.file, bytes: record.bytes)
        let reader = SourceReader(WorkingTree(project.root))
        let path = try #require(ProjectPath(record.calibration.file))
        let read = try #require(CalibrationFile(reader: reader).load(path), "\(reader.bag.diagnostics)")
        #expect(read.calibration.truePasses == counts.0)
        #expect(read.calibration.falsePasses == counts.1)
        #expect(read.calibration.trueFails == counts.2)
        #expect(read.calibration.falseFails == counts.3)
        #expect(read.calibration.instrument == record.calibration.instrument)
        #expect(read.calibration.parts["value"] == record.calibration.parts["value"])
        #expect(read.labels == record.labels)
        #expect(read.date == record.date)
        #expect(read.withoutVerdict == 1)
        #expect(read.bytes == record.bytes)
        #expect(reader.bag.diagnostics.isEmpty)
    }

    @Test(
        "an edited file is no calibration",
        arguments: [
            ("true_passes: 45", "true_passes: 46", "calibration-damaged"),
            ("false_fails: 5", "false_fails: -5", "bad-value"),
            ("  false_fails: 5\n", "", "calibration-damaged"),
            ("  value: 0.704698", "  value: 0.9", "calibration-damaged"),
            ("ac1: 0.", "ac1: 0.1", "calibration-damaged"),
            ("polite: \"yes\"", "rude: \"yes\"", "calibration-damaged"),
            ("threshold: 0.7", "threshold: 0.1", "calibration-damaged"),
            ("calibration: 1", "calibration: 2", "bad-value"),
            ("without_verdict: 1\n", "", "missing-key"), ("date: ", "dates: ", "unknown-key"),
            ("counts:", "counts: 3\nother:", "wrong-type"),
        ])
    func damage(old: String, new: String, id: String) throws {
        let text = String(decoding: Self.record().bytes, as: UTF8.self)
        let edited = text.replacing(old, with: new)
        try #require(edited != text, "\(text)")
        let folder = try load(["calibrations/polite.calibration.yaml": Array(edited.utf8)])
        #expect(folder.calibrations.isEmpty)
        let ids = folder.diagnostics.filter { $0.severity == .error }.map(\.id)
        #expect(!ids.isEmpty)
        if !["bad-value", "wrong-type"].contains(id) { #expect(ids.contains(id), "\(folder.diagnostics)") }
    }

    @Test("two files about the same instrument are a mistake, other files of the folder are none")
    func twins() throws {
        let folder = try load([
            "calibrations/a.calibration.yaml": Self.record("a").bytes,
            "calibrations/b.calibration.yaml": Self.record("b").bytes,
            "calibrations/notes.yaml": Array("x: 1\n".utf8), "calibrations/README.md": [],
        ])
        #expect(folder.calibrations.count == 1)
        #expect(folder.diagnostics.map(\.id) == ["duplicate-calibration"])
    }

    @Test("a project without the folder has no calibration")
    func none() throws {
        let folder = try load([:])
        #expect(folder.calibrations.isEmpty)
        #expect(folder.diagnostics.isEmpty)
    }

    @Test(
        "a guide that was changed or removed is told",
        arguments: [("By rule A.", nil), ("By rule B.", "was changed"), (nil, "is gone")]
            as [(String?, String?)])
    func guide(now: String?, words: String?) throws {
        var files = ["calibrations/polite.calibration.yaml": Self.record(guide: "By rule A.").bytes]
        if let now { files["guide.md"] = Array(now.utf8) }
        let folder = try load(files)
        #expect(folder.calibrations.count == 1)
        #expect(folder.diagnostics.map(\.id) == (words == nil ? [] : ["guide-changed"]))
        #expect(folder.diagnostics.first?.severity == (words == nil ? nil : .warning))
        if let words { #expect(folder.diagnostics.first?.message.contains(words) == true) }
    }

    @Test(
        "a name is that of a file, its slash a hyphen",
        arguments: [
            ("polite", "calibrations/polite.calibration.yaml"),
            ("ragas/faithfulness", "calibrations/ragas-faithfulness.calibration.yaml"), ("", nil),
            ("..", nil),
            ("a b", nil), ("../x", nil),
        ] as [(String, String?)])
    func names(name: String, path: String?) {
        #expect(CalibrationRecord.path(named: name)?.text == path)
    }
}
