import JSON

/// What `tool_choice` asks for, in the spelling that all APIs share.
enum ToolDemand: Hashable {
    /// The model decides.
    case automatic
    /// No tool is called.
    case none
    /// Some tool must be called.
    case any
    /// This tool must be called.
    case tool(String)

    /// Reads `auto`, `none`, `required`, `any`, a tool's name, or an object such as
    /// `{type: function, function: {name: find}}` and `{type: auto}`; nil for anything else.
    init?(_ value: JSONValue, tools: [ToolDefinition]) {
        if let word = value.string {
            if let known = Self.words[word] {
                self = known
            } else if tools.contains(where: { $0.name == word }) {
                self = .tool(word)
            } else {
                return nil
            }
        } else if let name = value["function"]?["name"]?.string ?? value["name"]?.string {
            self = .tool(name)
        } else if let known = value["type"]?.string.flatMap({ Self.words[$0] }) {
            self = known
        } else {
            return nil
        }
    }

    private static let words: [String: ToolDemand] = [
        "auto": .automatic, "none": .none, "required": .any, "any": .any,
    ]

    /// What to write instead of a value that can't be read.
    static let hint = "write auto, none, required, or the name of a tool that the prompt offers"
}
