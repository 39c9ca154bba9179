import JSON

/// What a judge is asked in one call: a prompt, what stands in it, and the form of the answer.
struct JudgeQuestion: Sendable {
    /// The name of the judge prompt.
    var prompt: String
    /// The variables that the suite's author vouches for, such as the rubric.
    var variables: JSONObject
    /// The texts that are judged or come from elsewhere; each is the variable of its name, between tags.
    var texts: [(name: String, text: String)]
    /// Lists of such texts; each is the variable of its name, all its texts between numbered tags: `<contexts-1-TAG>`.
    var lists: [(name: String, texts: [String])]
    /// What is sent beside the messages, under what the prompt says itself.
    var parameters: JSONObject = [:]
    /// The JSON Schema of the verdict; an object that strict structured outputs take: all properties required, no
    /// others allowed.
    var schema: JSONValue
    /// What the schema can't say, such as how many verdicts there must be: a complaint, or nil when all is well.
    var complaint: (@Sendable (JSONValue) -> String?)?

    /// Creates a question.
    init(
        prompt: String, variables: JSONObject = [:], texts: [(name: String, text: String)],
        lists: [(name: String, texts: [String])] = [], schema: JSONValue,
        complaint: (@Sendable (JSONValue) -> String?)? = nil
    ) {
        self.prompt = prompt
        self.variables = variables
        self.texts = texts
        self.lists = lists
        self.schema = schema
        self.complaint = complaint
    }

    /// The variables of the prompt: those vouched for, the texts and lists in their blocks, and `tag`.
    ///
    /// - Parameter masking: Takes out of a text what must not be recorded; the tag is made of what is left.
    func promptVariables(masking: (String) -> String) -> JSONObject {
        let numbered = lists.map { list in
            list.texts.enumerated().map { (name: "\(list.name)-\($0.offset + 1)", text: $0.element) }
        }
        let block = JudgedBlock(
            question: variables.merging(["prompt": .string(prompt)]), texts: texts + numbered.flatMap(\.self),
            masking: masking)
        var all = variables
        for (name, text) in texts { all[name] = .string(block.block(name, text)) }
        for (list, items) in zip(lists, numbered) {
            all[list.name] = .string(items.map { block.block($0.name, $0.text) }.joined(separator: "\n"))
        }
        all["tag"] = .string(block.tag)
        return all
    }
}
