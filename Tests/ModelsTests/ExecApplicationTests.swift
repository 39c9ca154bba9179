import Diagnostics
import Evals
import JSON
import Models
import Testing

@Suite("Programs as applications")
struct ExecApplicationTests {
    private static let command: JSONObject = ["command": ["app"]]

    @Test("The program reads one line of JSON with all that is known of the request")
    func input() throws {
        let application = try ExecApplication(settings: Self.command)
        let full = specimen(
            "m", [Message(role: .user, parts: [.text("a\nb"), .image(path: "x.png", sha256: "00")])],
            ["seed": 1],
            tools: [["name": "t"]], outputSchema: ["type": "object"])
        #expect(
            String(decoding: application.input(for: full), as: UTF8.self)
                == #"{"model":"m","messages":[{"role":"user","content":[{"text":"a\nb"},{"image":"x.png","sha256":"00"}]}],"#
                + #""parameters":{"seed":1},"tools":[{"name":"t"}],"output_schema":{"type":"object"},"sample":2}"#
                + "\n")
        #expect(
            String(decoding: application.input(for: specimen()), as: UTF8.self)
                == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"parameters":{},"tools":[],"#
                + #""output_schema":null,"sample":2}"# + "\n")
    }

    @Test(
        "reads",
        arguments: [
            ([:], "late\n", Reply(content: "late")), ([:], "a\r\n", Reply(content: "a")),
            ([:], "a\n\n", Reply(content: "a\n")), ([:], "\"x\"\n", Reply(content: "x")),
            ([:], "{\"a\": 1}\n", Reply(content: "{\"a\": 1}")),
            (
                ["answer": "$.reply", "context": "$.docs"], "{\"reply\": \"r\", \"docs\": [\"d\"]}\n",
                Reply(content: "r", context: ["d"])
            ),
        ] as [(JSONObject, String, Reply)])
    func read(settings: JSONObject, output: String, reply: Reply) throws {
        let application = try ExecApplication(settings: Self.command.merging(settings))
        #expect(try application.reply(from: Array(output.utf8)) == reply)
    }

    @Test(
        "fails with",
        arguments: [
            ([:], "", "the output is empty"), ([:], "\n", "the output is empty"),
            (
                ["answer": "$.a"], "loading…\n{}",
                "the output is no JSON, and 'answer' looks for something in it: loading…\\n{}"
            ),
            (["answer": "$.a"], "{}", "the output has nothing at $.a: {}"),
        ] as [(JSONObject, String, String)])
    func fail(settings: JSONObject, output: String, message: String) throws {
        let application = try ExecApplication(settings: Self.command.merging(settings))
        let failure = #expect(throws: CallFailure.self) { try application.reply(from: Array(output.utf8)) }
        #expect(failure?.kind == .unreadable)
        #expect(failure?.message == message)
    }

    @Test(
        "Settings are checked",
        arguments: [
            (["command": ["python3", "app.py"]], []), ([:], ["command"]), (["command": []], ["command"]),
            (["command": "app"], ["command"]), (["command": [""]], ["command"]),
            (["command": ["a", 1]], ["command"]),
            (["command": ["a\u{0}"]], ["command"]), (["command": ["a"], "answer": "x"], ["answer"]),
            (["answer": "$.", "usage": "u"], ["command", "answer", "usage"]),
        ] as [(JSONObject, [String])])
    func mistakes(settings: JSONObject, keys: [String]) {
        #expect(ExecApplication.mistakes(in: settings).map(\.key) == keys)
        #expect((try? ExecApplication(settings: settings)) != nil || !keys.isEmpty)
    }
}
