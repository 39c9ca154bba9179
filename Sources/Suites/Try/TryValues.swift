public import Diagnostics
public import Files
public import JSON
import YAML

/// The values that a prompt is asked with, gathered one after the other, with all mistakes.
///
/// A value that is given by itself wins over one from a file of values.
public struct TryValues {
    /// What was given, by variable.
    public private(set) var values: JSONObject = [:]
    /// The files whose texts are values, by variable.
    public private(set) var files: [String: ProjectPath] = [:]
    /// What is wrong so far.
    public private(set) var diagnostics: [Diagnostic] = []

    private let tried: TriedPrompt
    private var given: Set<String> = []
    private var refused: Set<String> = []

    /// Starts with nothing.
    public init(for tried: TriedPrompt) { self.tried = tried }

    /// The variables that are needed and not given; one whose value was refused is given.
    public var missing: [TriedPrompt.Variable] {
        tried.variables.filter { $0.isNeeded && values[$0.name] == nil && !refused.contains($0.name) }
    }

    /// Gives a text, which is read as the type that the prompt declares.
    public mutating func give(_ name: String, text: String) {
        guard isFirst(name) else { return }
        take(name, tried.value(of: text, for: name))
    }

    /// Gives the text of a file of the project.
    public mutating func give(_ name: String, fileAt path: ProjectPath) {
        guard isFirst(name) else { return }
        guard let text = text(path) else {
            refused.insert(name)
            return
        }
        let value = tried.value(of: text, for: name)
        // A suite can name the file in the same way, but always for a text.
        if case .success(.string) = value { files[name] = path }
        take(name, value)
    }

    /// Gives all values of a file of the project: a mapping, in YAML or JSON.
    public mutating func giveAll(inFileAt path: ProjectPath) {
        let before = tried.reader.bag.diagnostics.count
        let file = tried.reader.yaml(path)
        diagnostics += tried.reader.bag.diagnostics.dropFirst(before)
        guard let file else { return }
        guard let entries = file.root.entries else {
            diagnostics.append(
                Diagnostic(
                    "wrong-type", "values must be a mapping of names, not \(file.root.typeName)",
                    at: file.root.mark))
            return
        }
        for entry in entries where !given.contains(entry.keyText) {
            switch tried.checked(entry.value.json, for: entry.keyText) {
            case .success(let value): values[entry.keyText] = value
            case .failure(var diagnostic):
                diagnostic.mark = entry.keyMark
                diagnostics.append(diagnostic)
                refused.insert(entry.keyText)
            }
        }
    }

    private mutating func isFirst(_ name: String) -> Bool {
        if given.insert(name).inserted {
            values[name] = nil
            return true
        }
        diagnostics.append(
            Diagnostic("duplicate-value", "'\(TerminalText.excerpt(name, limit: 100))' is given twice"))
        return false
    }

    private mutating func take(_ name: String, _ result: Result<JSONValue, Diagnostic>) {
        switch result {
        case .success(let value): values[name] = value
        case .failure(let diagnostic):
            diagnostics.append(diagnostic)
            refused.insert(name)
        }
    }

    private mutating func text(_ path: ProjectPath) -> String? {
        let before = tried.reader.bag.diagnostics.count
        let text = tried.reader.text(path)
        diagnostics += tried.reader.bag.diagnostics.dropFirst(before)
        return text
    }
}
