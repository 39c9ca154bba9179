import ArgumentParser
import Diagnostics
import Evals
import Files
import Suites

/// Gathers the values of a try: from the command line, from files, and from the user.
struct TryQuestions {
    private let command: TryCommand
    private let tried: TriedPrompt
    private let root: ProjectRoot

    /// Prepares to gather values for a prompt.
    init(_ command: TryCommand, _ tried: TriedPrompt, _ root: ProjectRoot) {
        self.command = command
        self.tried = tried
        self.root = root
    }

    /// The values, complete and right; ends with exit code 2 when they are not, or a model is not known.
    func values() throws -> TryValues {
        var values = TryValues(for: tried)
        if let file = command.vars {
            values.giveAll(inFileAt: try command.project.projectPath(file, root))
        }
        for argument in command.variables.compactMap(TryArgument.init) {
            switch argument.value {
            case .text(let text): values.give(argument.name, text: text)
            case .file(let path):
                values.give(argument.name, fileAt: try command.project.projectPath(path, root))
            }
        }
        if let input = command.input {
            values.give(TriedPrompt.input, text: input == "-" ? try standardInput() : input)
        }
        var bag = DiagnosticBag()
        bag.add(contentsOf: values.diagnostics)
        bag.add(contentsOf: tried.modelMistakes(command.models))
        if !bag.hasErrors, command.input != "-", Console.hasUser { ask(&values) }
        if let missing = missing(values) { bag.add(missing) }
        guard !bag.hasErrors else {
            command.project.show(bag.sorted, root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        return values
    }

    /// Asks for each value that is missing, until it is right or the input ends.
    private func ask(_ values: inout TryValues) {
        for variable in values.missing {
            while true {
                guard let line = Console.ask(Self.question(variable)) else { return }
                guard case .failure(let mistake) = tried.value(of: line, for: variable.name) else {
                    values.give(variable.name, text: line)
                    break
                }
                Console.note("  \(TerminalText.visible(mistake.message))\n")
            }
        }
    }

    /// What is asked, such as `name – who is greeted (text): `.
    private static func question(_ variable: TriedPrompt.Variable) -> String {
        var text = variable.name
        if var description = variable.declaration?.description {
            if description.hasSuffix(".") { description.removeLast() }
            text += " – \(TerminalText.excerpt(description, limit: 200))"
        } else if variable.name == TriedPrompt.input {
            text += " – the user message"
        }
        return TerminalText.visible("\(text) (\(variable.typeText))") + ": "
    }

    /// One mistake for all values that are missing, with the command that gives them.
    private func missing(_ values: TryValues) -> Diagnostic? {
        let missing = values.missing
        guard !missing.isEmpty else { return nil }
        let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
        var words = ["evalrun try", ShellWord.quoted(command.prompt)]
        let known = tried.variables.map(\.name)
        for argument in command.variables.compactMap(TryArgument.init) where known.contains(argument.name) {
            words.append("-v " + argument.shellWord)
        }
        if let vars = command.vars { words.append("--vars " + ShellWord.quoted(vars)) }
        for variable in missing {
            let place = variable.typeText == "text" ? "TEXT" : "JSON"
            words.append(
                variable.name == TriedPrompt.input
                    ? "--input TEXT" : "-v " + ShellWord.quoted(variable.name) + "=" + place)
        }
        if !command.models.isEmpty {
            words.append("-m " + command.models.map { ShellWord.quoted($0) }.joined(separator: ","))
        }
        return Diagnostic(
            "missing-value",
            "the prompt '\(tried.label)' needs \(missing.count == 1 ? "a value" : "values") for \(names)",
            hint: TerminalText.visible(words.joined(separator: " ")))
    }

    private func standardInput() throws -> String {
        var bytes: [UInt8] = []
        do throws(FileError) {
            let stream = ByteStream.standardInput()
            while let piece = try stream.next() {
                bytes += piece
                guard bytes.count <= WorkingTree.standardLimit else {
                    throw FileError(
                        .tooLarge, path: "standard input", operation: "read",
                        reason: "it is larger than 16 MiB")
                }
            }
        } catch {
            command.project.show([error.diagnostic()], root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            command.project.show([Diagnostic("not-utf8", "standard input is not UTF-8")], root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        // The line feed at the end is that of the command before the pipe.
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
