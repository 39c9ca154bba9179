import Evals
import Files
import JSON
import Templates

extension JudgePrompt {
    /// A prompt file as one for judges.
    ///
    /// The hash is of what is said to the judge: messages with what they include, examples, parameters. Layout,
    /// comments and the description don't count.
    init(_ prompt: Prompt) {
        let messages = prompt.messages + prompt.examples
        let material: JSONValue = [
            "name": .string(prompt.name),
            "messages": .array(prompt.messages.map(\.source.json)),
            "examples": .array(prompt.examples.map(\.source.json)),
            "included": .array(messages.flatMap(\.includedTexts).map { .string($0) }),
            "parameters": .object(prompt.parameters),
        ]
        self.init(
            name: prompt.name, version: prompt.version,
            sha256: ContentHash.sha256Hex(CanonicalJSON.bytes(of: material)),
            parameters: prompt.parameters
        ) { (variables) throws(EvaluationError) in
            do throws(TemplateError) {
                // Variables are data: what looks like a template in a judged text stays as it is.
                return try prompt.conversation(TemplateContext(variables), input: nil, history: [])
            } catch {
                throw error.evaluationError
            }
        }
    }
}
