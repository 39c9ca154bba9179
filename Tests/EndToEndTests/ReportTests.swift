import Foundation
import JSON
import Testing
import XML

@Suite("Reports")
struct ReportTests {
    private func mixed() throws -> TemporaryProject {
        try Sample.project(
            [
                Sample.passing("a"), Sample.failing("b"), Sample.erring("c"), Sample.failing("d", "skip: no"),
                Sample.given("g", "{content: hi, latency_ms: 10}", "equals: hi"),
            ] + (0..<40).map { Sample.passing("n\($0)") })
    }

    @Test("two runs are the same but for `run`, whatever --jobs is")
    func deterministic() throws {
        let project = try mixed()
        let first = try project.results("--report", "junit=1.xml", "--report", "junit-strict=1s.xml")
        for (index, jobs) in ["1", "3", "64"].enumerated() {
            let file = "\(index + 2).xml"
            let next = try project.results(
                "--report", "junit=\(file)", "--report", "junit-strict=s\(file)", "--jobs", jobs)
            #expect(try next.results.withoutRun == first.results.withoutRun)
            #expect(next.run.errors == first.run.errors)
            #expect(try project.read(file) == project.read("1.xml"))
            #expect(try project.read("s" + file) == project.read("1s.xml"))
        }
        #expect(
            try first.results.value["run"]?["plan_sha256"]
                == project.results().results.value["run"]?["plan_sha256"])
        for file in ["1.xml", "1s.xml"] { #expect(XMLChecker.check(try project.read(file)) == []) }
        #expect(try project.read("1.xml").contains("classname=\"evalrun.gates\""))
    }

    @Test("--fail-fast gives the same results whatever --jobs is")
    func deterministicFailFast() throws {
        let project = try mixed()
        let first = try project.results("--fail-fast", "--jobs", "1")
        let second = try project.results("--fail-fast", "--jobs", "64")
        #expect(try first.results.withoutRun == second.results.withoutRun)
        #expect(first.run.exitCode == 1)
    }

    @Test(
        "a report without a path stands alone on standard output",
        arguments: ["json", "junit", "junit-strict"])
    func alone(kind: String) throws {
        let project = try mixed()
        let run = try project.run("--report", kind, "--report", "terminal=t.txt")
        #expect(run.exitCode == 1)
        if kind == "json" {
            #expect(throws: Never.self) { try run.json() }
        } else {
            #expect(XMLChecker.check(run.output) == [])
        }
        let plain = try project.run()
        #expect(run.errors == plain.output, "the terminal report moves to standard error")
        #expect(plain.errors == "")
        #expect(try project.read("t.txt") == plain.output)
    }

    @Test("a report that can't be written is exit 3 and stops no other")
    func unwritable() throws {
        let project = try Sample.project([Sample.passing("a")])
        try project.write("", to: "file")
        let run = try project.run(
            "--report", "junit=file/x.xml", "--report", "json=ok.json", "--report", "junit-strict=ok.xml")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(
            run.errors.contains("report-not-written") && run.errors.contains("file/x.xml"), "\(run.errors)")
        #expect(run.output.contains("exit 3"), "the last line knows: \(run.output)")
        #expect(XMLChecker.check(try project.read("ok.xml")) == [])
        #expect(try project.names().contains("ok.json"))
        #expect(try project.names(in: ".").filter { $0.contains("tmp") } == [], "no temporary file stays")
    }

    @Test("a failed gate wins over a report that can't be written")
    func unwritableAndFailed() throws {
        let project = try Sample.project([Sample.failing("a")])
        try project.write("", to: "file")
        let run = try project.run("--report", "junit=file/x.xml")
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(run.output.contains("3"), "\(run.output)")
    }

    @Test("a report path that is a folder is exit 3, and a folder that is missing is made or told")
    func folders() throws {
        let project = try Sample.project([Sample.passing("a")])
        try project.write("", to: "folder/x")
        let run = try project.run("--report", "json=folder")
        #expect(run.exitCode == 3 && run.errors.contains("folder"), "\(run.all)")
        let missing = try project.run("--report", "json=new/deep/out.json")
        #expect(missing.exitCode == (project.exists("new/deep/out.json") ? 0 : 3), "\(missing.all)")
    }

    @Test("standard output that is full is told and is exit 3")
    func fullOutput() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let project = try Sample.project([Sample.passing("a")])
        for options in ["", "--report json"] {
            let run = try project.shell("\"$EVALRUN\" run \(options) > /dev/full")
            #expect(run.exitCode == 3, "\(run.all)")
            #expect(run.errors.contains("report-not-written"), "\(run.all)")
        }
    }

    @Test("standard output that is closed or read in part does not stop the run")
    func closedOutput() throws {
        let project = try mixed()
        for options in ["--verbose", "--report json", "--report junit"] {
            let run = try project.shell(
                "{ \"$EVALRUN\" run \(options) --report junit=j.xml; echo $? > code; } | head -c 1")
            #expect(try project.read("code") == "1\n", "\(run.all)")
            #expect(XMLChecker.check(try project.read("j.xml")) == [])
            try project.remove("j.xml")
        }
        let closed = try project.shell(
            "\"$EVALRUN\" run --report json=j.json >&- 2>&-; echo $?")
        #expect(["1\n", "3\n"].contains(closed.output), "\(closed.all)")
        #expect(throws: Never.self) { try JSONParser().parse(try project.read("j.json")) }
    }

    @Test("no colors when standard output is not a terminal", arguments: [[], ["--no-color"], ["--verbose"]])
    func colorless(options: [String]) throws {
        let project = try mixed()
        let run = try project.run(words: ["run"] + options)
        #expect(!run.output.contains("\u{1b}") && !run.errors.contains("\u{1b}"))
        #expect(!run.output.contains("\r"))
    }

    @Test("--quiet prints failed gates and the last line; --verbose prints passed executions too")
    func verbosity() throws {
        let project = try mixed()
        let quiet = try project.run("--quiet")
        let normal = try project.run()
        let verbose = try project.run("--verbose")
        #expect(quiet.output.count < normal.output.count && normal.output.count < verbose.output.count)
        #expect(quiet.output.contains("pass_rate"))
        let last = normal.output.split(separator: "\n").last
        #expect(quiet.output.split(separator: "\n").last == last)
    }

    @Test("control characters of an answer harm no report")
    func hostileAnswers() throws {
        let hostile =
            "\\x1b[2J\\x1b]0;own\\a \\0 ]]> <script>&amp; \\u202e \\u2028 \\x85 \\x7f \\r\\n"
            + "##vso[task.setvariable variable=a]b\\n::error::pwned\\n##[error]x\\n::set-output name=x::y \\ufffe end"
        let project = try Sample.project([
            "{id: a, vars: {q: {text: \"\(hostile)\"}}, assert: [equals: \"\(hostile)no\", "
                + "{contains: \"##vso[x]\"}, {regex: \"::error\"}]}",
            Sample.given(
                "b", "{content: \"\(hostile)\", refusal: \"\(hostile)\"}", "equals: x"),
        ])
        for verbosity in ["--verbose", "--no-color", "--quiet"] {
            let run = try project.run(
                verbosity, "--report", "junit=j.xml", "--report", "junit-strict=s.xml", "--report",
                "json=r.json")
            #expect(run.exitCode == 1, "\(run.all)")
            for scalar in (run.output + run.errors).unicodeScalars where scalar != "\n" {
                let isHarmless =
                    scalar.properties.generalCategory != .control
                    && scalar.properties.generalCategory != .format
                #expect(isHarmless, "U+\(String(scalar.value, radix: 16)) is printed")
            }
            for line in run.output.split(separator: "\n") {
                let text = line.drop { $0 == " " }
                #expect(!text.hasPrefix("::") && !text.hasPrefix("##"), "\(line)")
                #expect(!line.contains("##vso["), "\(line)")
            }
        }
        for file in ["j.xml", "s.xml"] {
            let text = try project.read(file)
            #expect(XMLChecker.check(text) == [])
            #expect(!text.contains("\u{1b}") && !text.contains("\0"))
        }
        let results = try JSONParser().parse(try project.read("r.json"))
        let output = results["executions"]?[0]?["output"]?.string ?? ""
        #expect(
            output.contains("\u{1b}[2J") && output.contains("\0") && output.contains("]]>"), "nothing is lost"
        )
        #expect(!(try project.read("r.json")).contains("\u{1b}"))
    }
}
