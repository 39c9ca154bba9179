import Diagnostics

/// A variable and its value as `-v` takes them: `name=value`.
struct TryArgument {
    /// The variable.
    let name: String
    /// The text behind the first `=`.
    private let text: String

    /// What the text stands for.
    enum Value: Hashable {
        /// Itself.
        case text(String)
        /// The text of a file.
        case file(String)
    }

    /// Reads an argument; nil when it has no name or no `=`.
    init?(_ argument: String) {
        guard let place = argument.firstIndex(of: "=") else { return nil }
        name = Self.trimmed(argument[..<place])
        text = String(argument[argument.index(after: place)...])
        if name.isEmpty { return nil }
    }

    /// The argument as it is typed in a shell.
    var shellWord: String {
        ShellWord.quoted(name) + "=" + (text.isEmpty ? "" : ShellWord.quoted(text))
    }

    /// What the value is: `@path` is the text of a file, and `@@` the beginning of a text with `@`.
    var value: Value {
        if text.hasPrefix("@@") { return .text(String(text.dropFirst())) }
        return text.hasPrefix("@") ? .file(String(text.dropFirst())) : .text(text)
    }

    /// The text without white space around it.
    static func trimmed(_ text: some StringProtocol) -> String {
        let rest = text.drop { $0.isWhitespace }
        return String(rest.reversed().drop { $0.isWhitespace }.reversed())
    }
}
