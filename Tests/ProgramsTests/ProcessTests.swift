import Assertions
import Evals
import JSON
import Programs
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Processes of programs", .serialized)
struct ProcessTests {
    private func subjects(_ count: Int) -> [Subject] {
        (0..<count).map { Subject(reply: Reply(content: "answer \($0)")) }
    }

    /// Notes its number, and answers each line with the number in the answer that it is about.
    private static let loop = """
        #!/bin/sh
        echo $$ >> started.txt
        while read -r line; do
          number=${line#*answer }
          printf '{"pass": true, "reason": "%s"}\\n' "${number%%\\"*}"
        done
        """

    @Test(
        "a program is kept running for many cases, each getting its own answer",
        arguments: [(["persistent": true], 1), ([:], 2), (["persistent": false], 200)] as [(JSONObject, Int)])
    func kept(options: JSONObject, processes: Int) async throws {
        let shop = try Workshop(["loop.sh": Self.loop])
        let results = try await shop.results(
            Workshop.specification("exec", "./loop.sh", options: options), subjects(200))
        #expect(results.map(\.reason) == (0..<200).map { "\($0)" })
        #expect(results.allSatisfy { $0.passed && $0.error == nil })
        #expect(shop.text("started.txt")?.split(separator: "\n").count == processes)
        #expect(shop.running("started.txt") == [])
    }

    @Test(
        "a program that answers when its input ends, or ends after one answer, gets a process per case",
        arguments: [
            "cat > /dev/null; echo '{\"pass\": true}'", "read -r line; echo '{\"pass\": true}'",
            "echo '{\"pass\": true}'",
        ])
    func oneEach(script: String) async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\n\(script)\n"])
        let results = try await shop.results(Workshop.specification("exec", "./x.sh"), subjects(5))
        #expect(results.allSatisfy { $0.passed }, "\(results.map(\.reason))")
    }

    @Test("a kept program that ends after each answer is started again")
    func restarted() async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\nread -r line\necho '{\"pass\": true}'\n"])
        let results = try await shop.results(
            Workshop.specification("exec", "./x.sh", options: ["persistent": true]), subjects(5))
        #expect(results.allSatisfy { $0.passed }, "\(results.map(\.reason))")
    }

    @Test("after a crash the case is errored, and the next one gets a new process")
    func crash() async throws {
        let shop = try Workshop([
            "x.sh": """
            #!/bin/sh
            echo $$ >> started.txt
            while read -r line; do
              case "$line" in *'answer 2'*) echo died >&2; kill -9 $$;; esac
              echo '{"pass": true}'
            done
            """
        ])
        let results = try await shop.results(
            Workshop.specification("exec", "./x.sh", options: ["persistent": true]), subjects(5))
        #expect(results.map(\.passed) == [true, true, false, true, true])
        #expect(
            results[2].error != nil && results[2].reason.contains("SIGKILL")
                && results[2].reason.contains("died"))
        #expect(shop.text("started.txt")?.split(separator: "\n").count == 2)
    }

    @Test("cases that run at the same time share a bounded number of processes", arguments: [1, 3])
    func bounded(processes: Int) async throws {
        let shop = try Workshop(["loop.sh": Self.loop])
        let assertion = try shop.catalog.compile(
            Workshop.specification("exec", "./loop.sh", options: ["persistent": true]))
        let all = subjects(60)
        let reasons = try await shop.host.serving(processes: processes) {
            await withTaskGroup(of: (Int, String).self) { group in
                for (index, subject) in all.enumerated() {
                    group.addTask {
                        (index, await AssertionEvaluation.evaluate(assertion, on: subject).reason)
                    }
                }
                return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
        }
        #expect(reasons == Dictionary(uniqueKeysWithValues: (0..<60).map { ($0, "\($0)") }))
        let started = shop.text("started.txt")?.split(separator: "\n").count ?? 0
        #expect((1...processes).contains(started))
        #expect(shop.running("started.txt") == [])
    }

    @Test("the environment is empty but for PATH and what is allowed")
    func environment() async throws {
        let shop = try Workshop(
            [
                "x.sh": """
                #!/bin/sh
                tr '\\0' '\\n' < /proc/$$/environ > env.txt || env > env.txt
                pwd > pwd.txt
                echo true
                """
            ],
            variables: ["ALLOWED": "yes", "SECRET": "no"])
        let result = try await shop.result(
            Workshop.specification("exec", "./x.sh", options: ["env": ["ALLOWED", "UNSET"]]))
        #expect(result.passed)
        let names = Set((shop.text("env.txt") ?? "").split(separator: "\n").map { $0.prefix { $0 != "=" } })
        #if os(Linux)
            // Where the shell is bash, it says where the program is.
            #expect(names.subtracting(["_"]) == ["PATH", "ALLOWED"])
        #else
            // The shell's own are among them.
            #expect(names.subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == ["PATH", "ALLOWED"])
        #endif
        #expect(shop.text("pwd.txt") == shop.path + "\n")
    }

    @Test("arguments reach the program as they are, without a shell")
    func arguments() async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\nprintf '%s\\n' \"$@\" > args.txt\necho true\n"])
        let result = try await shop.result(
            Workshop.specification("exec", ["./x.sh", "$HOME; rm *", 2], options: ["args": ["a b", "'"]]))
        #expect(result.passed)
        #expect(shop.text("args.txt") == "$HOME; rm *\n2\na b\n'\n")
    }

    #if os(Linux)
        @Test(
            "what a program started goes with it, wherever it hides",
            arguments: [
                "sleep 600 & echo $! >> pids.txt", "(sleep 600 & echo $! >> pids.txt)",
                "setsid sleep 600 & echo $! >> pids.txt",
                "for i in 1 2 3 4 5 6 7 8; do (sleep 600 & echo $! >> pids.txt; sleep 600) & done",
            ])
        func grandchildren(script: String) async throws {
            for (file, options) in [("./ends.sh", [:]), ("./hangs.sh", ["timeout_ms": 500])]
                as [(String, JSONObject)]
            {
                let shop = try Workshop([
                    "ends.sh": "#!/bin/sh\n\(script)\necho true\n",
                    "hangs.sh": "#!/bin/sh\n\(script)\nsleep 600\n",
                ])
                // A grandchild that keeps the output open must not keep the run waiting.
                let result = try await shop.result(
                    Workshop.specification("exec", .string(file), options: options))
                #expect(result.passed == (file == "./ends.sh"), "\(result)")
                // Its parent is gone and its session is its own: only the end of the whole run finds it.
                if script.contains("setsid"), file == "./ends.sh" {
                    for text in (shop.text("pids.txt") ?? "").split(separator: "\n") {
                        if let process = Int32(text) { kill(process, SIGKILL) }
                    }
                    continue
                }
                #expect(shop.text("pids.txt") != nil)
                #expect(shop.running("pids.txt") == [], "\(file)")
            }
        }

        @Test("a program that wants too much memory is an error")
        func memory() async throws {
            guard Workshop.has("python3") else { return print("skipped: there is no python3") }
            let shop = try Workshop()
            let hog = "x = bytearray(700 << 20); print('true')"
            let small = try await shop.result(
                Workshop.specification("exec", ["python3", "-c", .string(hog)]))
            #expect(small.error != nil && small.reason.contains("MemoryError"), "\(small)")
            let large = try await shop.result(
                Workshop.specification("exec", ["python3", "-c", .string(hog)], options: ["memory_mb": 2000]))
            #expect(large.passed, "\(large)")
        }
    #endif

    @Test("a canceled run kills its programs and everything waits for them")
    func canceled() async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\necho $$ >> pids.txt\necho started\nsleep 600\n"])
        let assertion = try shop.catalog.compile(
            Workshop.specification("exec", "./x.sh", options: ["persistent": false]))
        let subject = Subject(reply: Reply(content: "x"))
        let run = Task {
            try await shop.host.serving(processes: 1) {
                await AssertionEvaluation.evaluate(assertion, on: subject)
            }
        }
        while shop.text("pids.txt")?.hasSuffix("\n") != true { await Task.yield() }
        run.cancel()
        let result = try await run.value
        #expect(result.error?.kind == .interrupted)
        #expect(shop.running("pids.txt") == [])
    }

    @Test("an interrupted run kills its programs, and those that wait are not started")
    func interrupted() async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\necho $$ >> pids.txt\nsleep 600\n"])
        let assertion = try shop.catalog.compile(Workshop.specification("exec", "./x.sh"))
        let all = subjects(4)
        let flag = Mutex(false)
        let results = try await shop.host.serving(processes: 1, isInterrupted: { flag.withLock { $0 } }) {
            await withTaskGroup(of: AssertionResult.self) { group in
                for subject in all {
                    group.addTask { await AssertionEvaluation.evaluate(assertion, on: subject) }
                }
                while shop.text("pids.txt")?.hasSuffix("\n") != true { await Task.yield() }
                flag.withLock { $0 = true }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(results.count == 4 && results.allSatisfy { $0.error?.kind == .interrupted }, "\(results)")
        #expect(shop.running("pids.txt") == [])
        #expect(shop.text("pids.txt")?.split(separator: "\n").count == 1)
    }

    @Test("the program reads the case as one line of JSON")
    func request() async throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\ncat > in.txt\necho true\n"])
        var subject = Subject(
            reply: Reply(
                content: "{\"a\":\n1}", finishReason: "stop", usage: Usage(inputTokens: 3, outputTokens: 4),
                latencyMS: 12),
            cost: Money(picoUSD: 5), messages: [Message(role: .user, text: "Hi\u{2028}there")],
            variables: ["v": [1, "x"]], context: ["c"], reference: "r", question: "q")
        subject.output = "{\"a\":\n1}"
        let results = try await shop.results(
            Workshop.specification("exec", "./x.sh", options: ["config": ["k": 1], "persistent": false]),
            [subject])
        #expect(results.first?.passed == true)
        let text = try #require(shop.text("in.txt"))
        #expect(text.hasSuffix("}\n") && text.split(separator: "\n").count == 1)
        let value = try JSONParser().parse(text)
        #expect(value["output"] == "{\"a\":\n1}")
        #expect(value["json"] == ["a": 1])
        #expect(value["vars"] == ["v": [1, "x"]])
        #expect(value["context"] == ["c"])
        #expect(value["reference"] == "r")
        #expect(value["question"] == "q")
        #expect(value["prompt"] == "Hi\u{2028}there")
        #expect(value["messages"] == [["role": "user", "content": "Hi\u{2028}there"]])
        #expect(value["usage"] == ["input_tokens": 3, "output_tokens": 4])
        #expect(value["latency_ms"] == 12)
        #expect(value["ttft_ms"] == .null)
        #expect(value["finish_reason"] == "stop")
        #expect(value["config"] == ["k": 1])
    }

    @Test("a request larger than any pipe reaches a program that prints before it reads")
    func large() async throws {
        let shop = try Workshop([
            "x.sh":
                "#!/bin/sh\nprintf '%0300000d' 1 >&2\nprintf '{\"pass\":true,\"reason\":\"%0300000d\"}' 1\nwc -c > n.txt\n"
        ])
        let result = try await shop.result(
            Workshop.specification("exec", "./x.sh", options: ["persistent": false]),
            on: String(repeating: "x", count: 5_000_000))
        #expect(result.passed, "\(result.reason.prefix(300))")
        #expect(shop.text("n.txt").flatMap { Int($0.filter(\.isNumber)) } ?? 0 > 5_000_000)
    }
}
