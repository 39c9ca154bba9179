import Diagnostics
import Evals
import Files
import JSON
import Models
import Programs
import Synchronization
import Testing

@Suite("Programs as models", .serialized)
struct ProgramModelTests {
    private static let request = ModelRequest(
        model: ModelSpecification(name: "app", provider: "local", model: "m"), parameters: ["seed": 1],
        messages: [Message(role: .user, text: "Hi")], sample: 3,
        site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "app"))

    /// A clock that moves 250 ms each time it is read.
    private static func clock() -> @Sendable () -> Duration {
        let reads = Reads()
        return { reads.next() }
    }

    private final class Reads: Sendable {
        private let count = Mutex(0)

        func next() -> Duration {
            count.withLock { count in
                count += 1
                return .milliseconds(250 * count)
            }
        }
    }

    private func model(
        _ workshop: Workshop, _ settings: JSONObject, access: ProgramAccess? = nil,
        timeout: Duration = .seconds(20), variables: [String] = []
    ) throws -> ProgramModel {
        try ProgramModel(
            ExecApplication(settings: settings), access: access ?? .granted(workshop.host),
            root: ProjectRoot(folder: workshop.path), searchPath: Workshop.searchPath, timeout: timeout,
            variables: variables, clock: Self.clock())
    }

    private func answer(_ workshop: Workshop, _ model: ProgramModel) async throws -> Answer {
        try await workshop.host.serving(processes: 2) { try await model.answer(Self.request) }
    }

    private func error(_ workshop: Workshop, _ model: ProgramModel) async throws -> EvaluationError? {
        await #expect(throws: EvaluationError.self) { _ = try await answer(workshop, model) }
    }

    @Test("A program reads the request and prints the answer")
    func answer() async throws {
        let workshop = try Workshop(["app.sh": "#!/bin/sh\ncat > request.json\necho \"Hello, $1\"\n"])
        let answer = try await answer(workshop, try model(workshop, ["command": ["./app.sh", "you"]]))
        #expect(answer == Answer(reply: Reply(content: "Hello, you", latencyMS: 250), source: .live))
        #expect(
            workshop.text("request.json")
                == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"parameters":{"seed":1},"tools":[],"#
                + #""output_schema":null,"sample":3}"# + "\n")
    }

    @Test("Paths of the settings are looked up in what it prints, and each request has a process of its own")
    func paths() async throws {
        let workshop = try Workshop([
            "app.sh": """
            #!/bin/sh
            echo started >> starts
            echo '{"reply": "r", "chunks": [{"text": "A"}], "usage": {"input_tokens": 2, "output_tokens": 1}}'
            """
        ])
        let model = try model(
            workshop,
            [
                "command": ["./app.sh"], "answer": "$.reply", "context": "$.chunks[*].text",
                "usage": "$.usage",
            ])
        let expected = Reply(
            content: "r", usage: Usage(inputTokens: 2, outputTokens: 1), latencyMS: 250, context: ["A"])
        let replies = try await workshop.host.serving(processes: 2) {
            [try await model.answer(Self.request).reply, try await model.answer(Self.request).reply]
        }
        #expect(replies == [expected, expected])
        #expect(workshop.text("starts") == "started\nstarted\n")
    }

    @Test("Only the named variables are passed on")
    func variables() async throws {
        let workshop = try Workshop(
            ["app.sh": "#!/bin/sh\necho \"$ONE-$TWO\"\n"], variables: ["ONE": "1", "TWO": "2"])
        let model = try model(workshop, ["command": ["./app.sh"]], variables: ["TWO"])
        #expect(try await answer(workshop, model).reply.content == "-2")
    }

    @Test(
        "A program that gives no answer is an error",
        arguments: [
            ("exit 3", .provider, "'./app.sh' ended with exit code 3"),
            (
                "echo half; echo 'no key' >&2; exit 1", .provider,
                "'./app.sh' ended with exit code 1\nstandard error:\nno key"
            ),
            ("kill -9 $$", .provider, "'./app.sh' ended with signal 9 (SIGKILL)"),
            ("exec nothing-of-this-name", .provider, "'./app.sh' ended with exit code 127"),
            ("true", .provider, "'./app.sh' gave no answer: the output is empty"),
            (
                "head -c 2000000 /dev/zero", .provider,
                "'./app.sh' printed more than 1 MiB for one request"
            ),
        ] as [(String, EvaluationError.Kind, String)])
    func failure(script: String, kind: EvaluationError.Kind, message: String) async throws {
        let workshop = try Workshop(["app.sh": "#!/bin/sh\n\(script)\n"])
        let error = try await error(workshop, try model(workshop, ["command": ["./app.sh"]]))
        #expect(error?.kind == kind)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("A path that finds nothing is an error that says what was printed")
    func nothingThere() async throws {
        let workshop = try Workshop(["app.sh": "#!/bin/sh\necho '{\"text\": 1}'\n"])
        let error = try await error(
            workshop, try model(workshop, ["command": ["./app.sh"], "answer": "$.reply"]))
        #expect(
            error?.message == "'./app.sh' gave no answer: the output has nothing at $.reply: {\"text\": 1}")
        #expect(error?.kind == .provider)
    }

    @Test("A program that takes too long is killed")
    func late() async throws {
        let workshop = try Workshop(["app.sh": "#!/bin/sh\necho $$ > pid\nexec sleep 600\n"])
        let error = try await error(
            workshop, try model(workshop, ["command": ["./app.sh"]], timeout: .milliseconds(300)))
        #expect(error?.kind == .timeout)
        #expect(error?.message == "'./app.sh' gave no answer within 300 ms, and was killed")
        #expect(workshop.running("pid") == [])
    }

    @Test("Nothing runs without permission")
    func refused() async throws {
        let workshop = try Workshop(["app.sh": "#!/bin/sh\ntouch ran\n"])
        for access in [ProgramAccess.refused, .checkedOnly] {
            let model = try model(workshop, ["command": ["./app.sh"]], access: access)
            let error = try await error(workshop, model)
            #expect(error?.kind == .refused)
            #expect(error?.message == "the model 'app' runs the program './app.sh', which needs --allow-exec")
        }
        #expect(workshop.text("ran") == nil)
    }

    @Test(
        "A program that is not there is a mistake of the project",
        arguments: [
            (["./missing.sh"], "program-not-found"), (["no-such-program-anywhere"], "program-not-found"),
            (["./plain.txt"], "not-executable"), (["../out.sh"], "path-outside-project"),
            (["/bin/sh"], "path-absolute"),
        ])
    func missing(command: [String], id: String) throws {
        let workshop = try Workshop(["plain.txt": "x"])
        let error = #expect(throws: DiagnosticError.self) {
            try model(workshop, ["command": .array(command.map { .string($0) })])
        }
        #expect(error?.diagnostics.map(\.id) == [id])
    }
}
