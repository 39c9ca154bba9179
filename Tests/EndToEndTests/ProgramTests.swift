import Foundation  // Processes and files; tests only.
import JSON
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Programs as assertions")
struct ProgramTests {
    private func project(_ script: String, assertion: String = "exec: ../x.sh", cases: Int = 1) throws
        -> TemporaryProject
    {
        let lines = (0..<cases).map { "{id: c\($0), vars: {q: {text: good}}, assert: [{\(assertion)}]}" }
        let project = try Sample.project(lines, more: ["x.sh": "#!/bin/sh\n\(script)\n"])
        chmod(project.path + "/x.sh", 0o755)
        return project
    }

    @Test(
        "without --allow-exec nothing runs, and each place is named",
        arguments: ["exec: ../x.sh", "python: 'True'", "javascript: 'true'"])
    func refused(assertion: String) throws {
        let project = try project("touch ran; echo true", assertion: assertion)
        let run = try project.run("run")
        #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
        #expect(run.errors.contains("evalsuites/s.suite.yaml:5:"), "\(run.all)")
        #expect(
            run.errors.contains("error[exec-not-allowed]") && run.errors.contains("--allow-exec"),
            "\(run.all)")
        #expect(!project.exists("ran"))
    }

    @Test("check reads such a suite and runs nothing")
    func check() throws {
        let project = try project("touch ran; echo true")
        for words in [["check"], ["check", "--vacuous"], ["fixtures", "stale"]] {
            let run = try project.run(words: words)
            #expect(run.exitCode == 0, "\(run.all)")
        }
        #expect(!project.exists("ran"))
        try project.remove("x.sh")
        let missing = try project.run("check")
        #expect(
            missing.exitCode == 2 && missing.errors.contains("error[program-not-found]"), "\(missing.all)")
    }

    @Test("check --allow-exec finds missing programs, and --vacuous tries those that are there")
    func checkAllowed() throws {
        let project = try project("echo true")
        let weak = try project.run("check", "--vacuous", "--allow-exec")
        #expect(weak.exitCode == 0 && weak.errors.contains("warning[weak-assertion]"), "\(weak.all)")
        let missing = try self.project("echo true", assertion: "exec: no-such-program-here")
        #expect(try missing.run("check").exitCode == 0)
        let run = try missing.run("check", "--allow-exec")
        #expect(run.exitCode == 2 && run.errors.contains("error[program-not-found]"), "\(run.all)")
    }

    @Test(
        "exit codes with --allow-exec",
        arguments: [
            ("echo '{\"pass\": true, \"reason\": \"fine\"}'", 0, "fine"),
            ("echo '{\"pass\": false, \"reason\": \"rude\"}'", 1, "rude"),
            ("echo broken >&2; exit 7", 3, "exit code 7"), ("echo yes", 3, "not one JSON value"),
            ("kill -9 $$", 3, "SIGKILL"),
        ] as [(String, Int32, String)])
    func exits(script: String, exitCode: Int32, says: String) throws {
        let project = try project(script)
        let run = try project.run("run", "--allow-exec", "--verbose")
        #expect(run.exitCode == exitCode && run.output.contains(says), "\(run.all)")
    }

    @Test("neither keys nor other variables reach a program, and keys can't be allowed")
    func environment() throws {
        let project = try project("env > env.txt; echo true", assertion: "exec: ../x.sh, env: [LANG]")
        let run = try project.run(
            "run", "--allow-exec",
            environment: ["OPENAI_API_KEY": "sk-0123456789abcdef", "LANG": "C", "OTHER": "x"])
        #expect(run.exitCode == 0, "\(run.all)")
        let text = try project.read("env.txt")
        #expect(
            text.contains("LANG=C") && text.contains("PATH=") && !text.contains("sk-")
                && !text.contains("OTHER"))
        try project.write(
            Sample.suite(["{id: a, vars: {q: {text: x}}, assert: [{exec: ../x.sh, env: [OPENAI_API_KEY]}]}"]),
            to: "evalsuites/s.suite.yaml")
        let refused = try project.run("run", "--allow-exec")
        #expect(refused.exitCode == 2 && refused.errors.contains("error[key-variable]"), "\(refused.all)")
    }

    @Test("many cases at the same time, by few processes")
    func jobs() throws {
        let project = try project(
            "echo $$ >> pids.txt\nwhile read -r line; do echo '{\"pass\": true}'; done", cases: 300)
        let run = try project.run("run", "--allow-exec", "--jobs", "8")
        #expect(run.exitCode == 0, "\(run.all)")
        let processes = try project.read("pids.txt").split(separator: "\n")
        #expect(processes.count < 40, "\(processes.count)")
    }

    #if os(Linux)
        /// The processes that programs noted and that still run; one that was killed takes a moment to end.
        private func running(_ project: TemporaryProject) throws -> [Int32] {
            var left = try project.read("pids.txt").split(separator: "\n").compactMap { Int32($0) }
            for _ in 0..<10_000 where !left.isEmpty {
                left = left.filter { process in
                    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
                    return kill(process, 0) == 0 && !stat.contains(") Z ")
                }
                sched_yield()
            }
            return left
        }

        @Test("what a program leaves behind ends with the run")
        func orphans() throws {
            let project = try project(
                "(setsid sleep 600 & echo $! >> pids.txt)\nsleep 600 & echo $! >> pids.txt\necho true")
            let run = try project.run("run", "--allow-exec")
            #expect(run.exitCode == 0, "\(run.all)")
            #expect(try project.read("pids.txt").split(separator: "\n").count == 2)
            #expect(try running(project) == [])
        }

        @Test("an interrupt kills programs at once, and it is exit 130", arguments: [SIGINT, SIGTERM])
        func interrupt(number: Int32) throws {
            let project = try project("echo $$ >> pids.txt\nsleep 600 & echo $! >> pids.txt\nwait", cases: 3)
            let run = try project.run("run", "--allow-exec", "--jobs", "1", "--report", "json=r.json") {
                process in
                while ((try? project.read("pids.txt")) ?? "").split(separator: "\n").count < 2,
                    process.isRunning
                {
                    sched_yield()
                }
                kill(process.processIdentifier, number)
            }
            #expect(run.exitCode == 130, "\(run.all)")
            #expect(try running(project) == [])
            let file = RunFile(value: try JSONParser().parse(try project.read("r.json")))
            #expect(
                file.executions.map { $0["error"]?["kind"] } == ["interrupted", "interrupted", "interrupted"])
        }
    #endif

    @Test("schema suite and the reference know the types")
    func documents() throws {
        let project = try TemporaryProject()
        for words in [["schema", "suite"], ["schema", "assertions"]] {
            let run = try project.run(words: words)
            for name in ["exec", "python", "javascript", "timeout_ms", "persistent"] {
                #expect(run.output.contains(name), "\(words)")
            }
        }
    }
}
