import JSON

/// Log probabilities of Chat Completions in the shared form.
enum OpenAILogprobs {
    /// A list of `{token, logprob, top_logprobs}` from a choice's `logprobs`; nil when it has none.
    static func normalized(_ logprobs: JSONValue?) -> JSONValue? {
        guard let tokens = logprobs?["content"]?.array else { return nil }
        return list(tokens)
    }

    /// The list without what only the API's own users need, such as bytes.
    static func list(_ tokens: [JSONValue]) -> JSONValue {
        .array(
            tokens.map { token in
                var members = entry(token)
                if let top = token["top_logprobs"]?.array, !top.isEmpty {
                    members["top_logprobs"] = .array(top.map { .object(entry($0)) })
                }
                return .object(members)
            })
    }

    private static func entry(_ token: JSONValue) -> JSONObject {
        ["token": token["token"] ?? "", "logprob": token["logprob"] ?? .null]
    }
}
