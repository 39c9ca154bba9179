public import JSON

/// What an assertion of the family `programs` runs, told apart to the last option.
///
/// Equal ones run the same program in the same way, apart from what the files say that it names.
public struct ProgramCommand: Sendable, Hashable {
    /// The canonical type.
    public var type: String
    /// The program with its arguments, or the code.
    public var value: JSONValue?
    /// The options of the type, as written.
    public var options: JSONObject
    /// The folder of the file that names it, which paths are relative to; empty for the project's root.
    public var folder: String

    /// Creates a command.
    public init(type: String, value: JSONValue?, options: JSONObject, folder: String) {
        self.type = type
        self.value = value
        self.options = options
        self.folder = folder
    }

    /// The command in one line, for messages: not cut, and not made safe for a terminal.
    public var text: String {
        let words = (value?.array ?? value.map { [$0] } ?? []).map { word in
            word.string ?? JSONWriter.compact.text(of: word)
        }
        return "\(type): \(words.joined(separator: " "))"
    }
}
