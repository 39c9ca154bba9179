import Evals
import JSON
import JSONSchema
import Synchronization

/// The tools that a model was offered, and the schemas of their arguments, each compiled once.
final class ToolSchemas: Sendable {
    /// What is wrong with a call; nil when nothing is.
    typealias Complaint = String

    /// Distinct schemas that are kept; prompts have a few.
    private static let most = 256

    private let compiled = Mutex<[JSONValue: CompiledSchema]>([:])

    /// Creates an empty collection.
    init() {}

    /// What is wrong with a call of one of the tools.
    ///
    /// Throws when the tool's schema can't be used, or the arguments can't be checked against it.
    func complaint(about call: ToolCall, tools: [JSONValue]) throws(EvaluationError) -> Complaint? {
        let definitions = tools.flatMap(Self.definitions)
        guard let definition = definitions.first(where: { $0["name"]?.string == call.name }) else {
            return definitions.isEmpty
                ? "the prompt offers no tools, so '\(call.name)' is none of them"
                : "'\(call.name)' is none of the tools that were offered"
        }
        guard let arguments = call.parsedArguments else {
            return "the arguments of '\(call.name)' are not JSON"
        }
        guard arguments.object != nil else { return "the arguments of '\(call.name)' are no object" }
        guard let schema = definition["parameters"] ?? definition["input_schema"] ?? definition["inputSchema"]
        else { return nil }
        let compiled = try self.schema(schema, of: call.name)
        let violations: [SchemaViolation]
        do throws(SchemaLimitError) {
            violations = try compiled.validate(arguments)
        } catch {
            throw EvaluationError(
                .assertion, "the arguments of '\(call.name)' could not be checked: \(error)")
        }
        guard let first = violations.first else { return nil }
        return "the arguments of '\(call.name)' do not fit its parameters: \(first.message)"
    }

    private func schema(_ document: JSONValue, of name: String) throws(EvaluationError) -> CompiledSchema {
        if let known = compiled.withLock({ $0[document] }) { return known }
        let schema: CompiledSchema
        do throws(SchemaError) {
            schema = try CompiledSchema(document)
        } catch {
            throw EvaluationError(
                .assertion, "the parameters of the tool '\(name)' are no usable schema: \(error)",
                hint: "mend them in the prompt's tools")
        }
        compiled.withLock { if $0.count < Self.most { $0[document] = schema } }
        return schema
    }

    /// The functions that an entry of a list of tools defines, in any provider's spelling.
    private static func definitions(_ tool: JSONValue) -> [JSONValue] {
        for key in ["functionDeclarations", "function_declarations"] {
            if let list = tool[key]?.array { return list }
        }
        return [tool["function"] ?? tool["toolSpec"] ?? tool]
    }
}
