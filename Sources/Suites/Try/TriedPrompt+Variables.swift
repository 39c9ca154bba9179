public import Diagnostics
public import JSON
import Templates

extension TriedPrompt {
    /// A variable that a value may be given for.
    public struct Variable: Sendable, Hashable {
        /// The name.
        public let name: String
        /// Whether the prompt can't be rendered without it.
        public let isNeeded: Bool
        /// What the prompt says about it; nil where it declares no inputs.
        public let declaration: InputDeclaration?

        /// Its type in words, for people to fill in.
        public var typeText: String {
            guard let declaration, !declaration.types.isEmpty else { return "text" }
            return declaration.types.map { $0 == "string" ? "text" : $0 }.joined(separator: " or ")
        }
    }

    /// The name under which the user message of a prompt without one is given.
    public static let input = "input"

    /// The variables: those that are used in the order of their first use, then those that are only declared.
    ///
    /// The user message of a prompt without one is a variable with the name `input`.
    public var variables: [Variable] {
        let declared = prompt.inputs ?? []
        var found = prompt.freeVariables.map { variable in
            Variable(
                name: variable.name, isNeeded: !variable.isOptional,
                declaration: declared.first { $0.name == variable.name })
        }
        for input in declared where !found.contains(where: { $0.name == input.name }) {
            found.append(Variable(name: input.name, isNeeded: false, declaration: input))
        }
        guard !prompt.hasUserMessage else { return found }
        let message = found.first { $0.name == Self.input }
        found.removeAll { $0.name == Self.input }
        return found + [Variable(name: Self.input, isNeeded: true, declaration: message?.declaration)]
    }

    /// A typed text as the value of a variable, or what is wrong with it.
    public func value(of text: String, for name: String) -> Result<JSONValue, Diagnostic> {
        guard let variable = variables.first(where: { $0.name == name }) else {
            return .failure(unknown(name))
        }
        guard let declaration = variable.declaration else { return .success(.string(text)) }
        do throws(InputComplaint) {
            return checked(try declaration.reading(text), declaration)
        } catch {
            return .failure(Self.mistake(declaration, error.text))
        }
    }

    /// A value that has its type already, when it may be the value of a variable; else what is wrong with it.
    public func checked(_ value: JSONValue, for name: String) -> Result<JSONValue, Diagnostic> {
        guard let variable = variables.first(where: { $0.name == name }) else {
            return .failure(unknown(name))
        }
        return variable.declaration.map { checked(value, $0) } ?? .success(value)
    }

    private func checked(_ value: JSONValue, _ declaration: InputDeclaration) -> Result<JSONValue, Diagnostic>
    {
        declaration.complaint(about: value).map { .failure(Self.mistake(declaration, $0)) } ?? .success(value)
    }

    private static func mistake(_ declaration: InputDeclaration, _ complaint: String) -> Diagnostic {
        Diagnostic(
            "bad-input", "'\(declaration.name)' \(complaint)",
            notes: [.init("declared here", at: declaration.mark)])
    }

    private func unknown(_ name: String) -> Diagnostic {
        let names = variables.map(\.name)
        let shown = TerminalText.excerpt(name, limit: 100)
        if name == Self.input {
            return Diagnostic(
                "unknown-variable", "the prompt '\(label)' has a user message of its own, and takes no input",
                hint: names.isEmpty ? nil : "its variables are \(names.joined(separator: ", "))")
        }
        return Diagnostic(
            "unknown-variable", "the prompt '\(label)' has no variable '\(shown)'",
            hint: Spelling.hint(for: name, among: names) ?? "it has no variables at all")
    }
}
