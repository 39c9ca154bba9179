import JSON

/// The log probabilities of tokens in the form of `Reply.logprobs`.
enum TokenLogprobs {
    /// A list of `{token, logprob, top_logprobs}` without what else OpenAI and Ollama say of tokens; nil when it is none.
    static func normalized(_ list: [JSONValue]) -> JSONValue? {
        let tokens = list.compactMap { item -> JSONValue? in
            guard var members = pair(item) else { return nil }
            if let top = item["top_logprobs"]?.array, !top.isEmpty {
                members["top_logprobs"] = .array(top.compactMap { pair($0).map(JSONValue.object) })
            }
            return .object(members)
        }
        return tokens.isEmpty ? nil : .array(tokens)
    }

    private static func pair(_ item: JSONValue) -> JSONObject? {
        guard let token = item["token"], let logprob = item["logprob"], logprob.number != nil else {
            return nil
        }
        return ["token": token, "logprob": logprob]
    }
}
