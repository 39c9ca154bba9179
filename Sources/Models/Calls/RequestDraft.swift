import Evals
import JSON

/// The body of a request while it is put together, and what is wrong with it.
///
/// Every parameter is taken once. What is left at the end is unknown to the API and becomes an error, so that no
/// parameter is dropped in silence, whichever are added later.
struct RequestDraft {
    /// The model's id at the provider, for messages.
    let model: String
    /// The API's name, as messages say it.
    let api: String
    /// What is sent so far.
    private(set) var body: JSONObject
    /// What the provider would reject or ignore, in the order found.
    private(set) var complaints: [RequestComplaint] = []
    private var parameters: JSONObject
    private let extra: JSONObject

    /// Begins with the members that every request has.
    init(_ request: ModelRequest, api: String, body: JSONObject = [:]) {
        self.api = api
        self.body = body
        model = request.model.model
        extra = request.parameters["extra"]?.object ?? [:]
        parameters = request.parameters
        parameters["extra"] = nil
    }

    /// True when the prompt brings a member of its own along under `extra`.
    func isExtra(_ name: String) -> Bool { extra[name] != nil }

    /// The value of a parameter, which then counts as dealt with; nil when it was not written.
    mutating func take(_ name: String) -> JSONValue? {
        defer { parameters[name] = nil }
        return parameters[name]
    }

    /// The parameters that nobody has taken yet.
    var remaining: JSONObject { parameters }

    /// Sends a parameter as it is, at a path of member names.
    mutating func move(_ name: String, to path: String...) {
        if let value = take(name) { put(value, at: path) }
    }

    /// Sends parameters as they are, under their own names.
    mutating func move(_ names: [String]) {
        for name in names { move(name, to: name) }
    }

    /// Sends every parameter that nobody took as it is: for servers of which only the project knows what they take.
    mutating func moveRest() { move(parameters.keys) }

    /// Sends the bound on the answer's tokens, which has two spellings that mean the same here.
    mutating func moveOutputLimit(to path: String...) {
        let (limit, completion) = (take("max_tokens"), take("max_completion_tokens"))
        if let limit, let completion, limit != completion {
            refuse(
                "conflicting-parameters",
                "'max_tokens' and 'max_completion_tokens' are the same bound for \(model)",
                hint: "keep one of them")
        }
        if let value = limit ?? completion { put(value, at: path) }
    }

    /// Sends the texts at which the answer ends as a list, also when there is one only.
    mutating func moveStop(to path: String...) {
        guard let stop = take("stop") else { return }
        put(stop.string == nil ? stop : .array([stop]), at: path)
    }

    /// The value of `tool_choice`, which is dropped with a warning when there is no tool to choose.
    ///
    /// - Parameter member: The member of the body under which `extra` may have further tools.
    mutating func takeToolChoice(among tools: [ToolDefinition], or member: String = "tools") -> JSONValue? {
        guard let choice = take("tool_choice") else { return nil }
        if !tools.isEmpty || isExtra(member) { return choice }
        warn("idle-parameter", "'tool_choice' is not sent: the prompt offers no tools")
        return nil
    }

    /// Refuses a `tool_choice` that can't be read.
    mutating func refuseToolChoice(_ choice: JSONValue) {
        refuse("parameter-range", "\(model) can't take a 'tool_choice' of \(choice)", hint: ToolDemand.hint)
    }

    /// Sets the member at a path of names; the objects on the way come into being.
    mutating func put(_ value: JSONValue, at path: [String]) {
        var value = value
        for name in path.dropFirst().reversed() { value = .object([name: value]) }
        guard let first = path.first else { return }
        body = Self.merged(body, [first: value])
    }

    /// Notes what the provider can't take.
    mutating func refuse(_ id: String, _ message: String, hint: String? = nil) {
        complaints.append(RequestComplaint(id, message, hint: hint, isError: true))
    }

    /// Notes what the provider ignores or probably rejects.
    mutating func warn(_ id: String, _ message: String, hint: String? = nil) {
        complaints.append(RequestComplaint(id, message, hint: hint))
    }

    /// Notes what was found elsewhere.
    mutating func note(_ found: [RequestComplaint]) { complaints += found }

    /// Refuses a parameter that the API lacks.
    mutating func refuseParameter(_ name: String, hint: String? = nil) {
        refuse(
            "unsupported-parameter", "\(model) takes no '\(name)': \(api) has nothing like it",
            hint: hint ?? CallFailure.hint(toDrop: name))
    }

    /// Refuses the parameters that nobody took, and adds the members of `extra`.
    ///
    /// Objects are merged member by member, so that `extra: {generationConfig: {candidateCount: 1}}` adds to what is
    /// there; anything else replaces it. `logprobs: false` asks for what an API without log probabilities does anyway.
    mutating func close() {
        for (name, value) in parameters where !(name == "logprobs" && value == false) {
            refuseParameter(name)
        }
        parameters = [:]
        body = Self.merged(body, extra)
    }

    /// The whole body; throws the first thing that the provider can't take.
    func finished() throws(EvaluationError) -> JSONObject {
        if let error = complaints.first(where: \.isError) {
            throw EvaluationError(.provider, error.message, hint: error.hint)
        }
        return body
    }

    private static func merged(_ base: JSONObject, _ added: JSONObject) -> JSONObject {
        var result = base
        for (name, value) in added {
            if let old = result[name]?.object, let new = value.object {
                result[name] = .object(merged(old, new))
            } else {
                result[name] = value
            }
        }
        return result
    }
}
