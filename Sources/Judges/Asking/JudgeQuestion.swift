import JSON

/// What a judge is asked in one call: a prompt, what stands in it, and the form of the answer.
struct JudgeQuestion: Sendable {
    /// The name of the judge prompt.
    var prompt: String
    /// The variables that the suite's author vouches for, such as the rubric.
    var variables: JSONObject
    /// The texts that are judged or come from elsewhere; each is the variable of its name, between tags.
    var texts: [(name: String, text: String)]
    /// The JSON Schema of the verdict; an object that strict structured outputs take: all properties required, no
    /// others allowed.
    var schema: JSONValue
    /// What the schema can't say, such as how many verdicts there must be: a complaint, or nil when all is well.
    var complaint: (@Sendable (JSONValue) -> String?)?

    /// Creates a question.
    init(
        prompt: String, variables: JSONObject = [:], texts: [(name: String, text: String)], schema: JSONValue,
        complaint: (@Sendable (JSONValue) -> String?)? = nil
    ) {
        self.prompt = prompt
        self.variables = variables
        self.texts = texts
        self.schema = schema
        self.complaint = complaint
    }

    /// The variables of the prompt: those vouched for, the texts in their blocks, and `tag`.
    var promptVariables: JSONObject {
        let block = JudgedBlock(question: variables.merging(["prompt": .string(prompt)]), texts: texts)
        var all = variables
        for (name, text) in texts { all[name] = .string(block.block(name, text)) }
        all["tag"] = .string(block.tag)
        return all
    }
}
