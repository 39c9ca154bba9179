public import Diagnostics
public import Evals
public import JSON

/// A program as an application under test (kind `exec`): what it is told, and what its output means.
///
/// It runs no program: that is for the module `Programs`.
public struct ExecApplication: Sendable {
    /// The program and its arguments.
    public let command: [String]
    private let answer: ApplicationAnswer

    /// Reads the settings of a provider; throws all mistakes in them.
    public init(settings: JSONObject) throws(DiagnosticError) {
        var mistakes: [SettingMistake] = []
        self.init(settings, &mistakes)
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes.map { $0.diagnostic() }) }
    }

    /// What is wrong in the settings of a provider of this kind: the command and the paths.
    public static func mistakes(in settings: JSONObject) -> [SettingMistake] {
        var mistakes: [SettingMistake] = []
        _ = ExecApplication(settings, &mistakes)
        return mistakes
    }

    private init(_ settings: JSONObject, _ mistakes: inout [SettingMistake]) {
        let words = settings["command"]?.array ?? []
        command = words.compactMap(\.string)
        if (command.first ?? "").isEmpty || command.count < words.count
            || command.contains(where: { $0.utf8.contains(0) })
        {
            mistakes.append(
                SettingMistake(
                    key: "command", message: "'command' must be a list of texts, the program first",
                    hint: "write command: [python3, app.py]"))
        }
        answer = ApplicationAnswer(settings, &mistakes)
    }

    /// The line that the program reads.
    ///
    /// It is `{model, messages, parameters, tools, output_schema, sample}`, all members always there. An image is named
    /// by its path in the project.
    public func input(for request: ModelRequest) -> [UInt8] {
        let members: JSONValue = [
            "model": .string(request.model.model), "messages": .array(request.messages.map(\.json)),
            "parameters": .object(request.parameters), "tools": .array(request.tools),
            "output_schema": request.outputSchema ?? .null, "sample": .integer(request.sample),
        ]
        return JSONWriter.compact.bytes(of: members) + [UInt8(ascii: "\n")]
    }

    /// Reads what the program printed.
    ///
    /// Without paths that is the answer, less the line feed at its end.
    public func reply(from output: [UInt8]) throws(CallFailure) -> Reply {
        var output = output
        if output.last == UInt8(ascii: "\n") { output.removeLast() }
        if output.last == UInt8(ascii: "\r") { output.removeLast() }
        do throws(ApplicationAnswer.Trouble) {
            return try answer.reply(in: output)
        } catch {
            let text = String(decoding: output.prefix(1000), as: UTF8.self)
            let shown = output.isEmpty ? "" : ": \(TerminalText.excerpt(text, limit: 200))"
            throw CallFailure(.unreadable, error.message + shown, hint: error.hint)
        }
    }
}
