public import JSON

/// What models of OpenAI take, told from their names.
///
/// Names that are not known are not complained about.
public enum OpenAIModelTraits {
    /// Whether a model reasons before it answers, and whether it can be told not to.
    enum Reasoning: Sendable, Hashable {
        /// It does not reason, or is unknown.
        case none
        /// It reasons, unless `reasoning_effort` is `none`, which is its default.
        case optional
        /// It always reasons.
        case always
    }

    /// What the service would reject in the parameters for a model, as warnings.
    ///
    /// `max_tokens` is none of it: it is sent under the name that all models take.
    /// - Parameter model: The id, with or without a route before it (`openai/gpt-5-mini`).
    public static func complaints(model: String, parameters: JSONObject) -> [RequestComplaint] {
        let reasoning = reasoning(of: model)
        guard reasoning != .none else { return [] }
        var complaints: [RequestComplaint] = []
        let effort = parameters["reasoning_effort"]?.string
        let reasons = reasoning == .always || (effort ?? "none") != "none"
        if reasons {
            let remedy =
                reasoning == .optional
                ? "leave it out, or write reasoning_effort: none"
                : "leave it out, or choose a model that does not reason"
            if let temperature = parameters["temperature"], temperature != 1 {
                complaints.append(
                    complaint("\(model) reasons, and takes no temperature but 1", remedy))
            }
            for name in ["top_p", "top_logprobs"] where parameters[name] != nil {
                complaints.append(complaint("\(model) reasons, and takes no '\(name)'", remedy))
            }
            if parameters["logprobs"] == .bool(true) {
                complaints.append(complaint("\(model) reasons, and gives no log probabilities", remedy))
            }
        }
        for name in ["presence_penalty", "frequency_penalty", "stop"] where parameters[name] != nil {
            // Of the reasoning models the first generation alone takes `stop`.
            guard name != "stop" || !baseName(of: model).hasPrefix("o1") else { continue }
            complaints.append(
                complaint("\(model) is a reasoning model, and takes no '\(name)'", "leave it out"))
        }
        return complaints
    }

    /// How a model reasons.
    static func reasoning(of model: String) -> Reasoning {
        let name = baseName(of: model)
        if isNumberedO(name) { return .always }
        guard name.hasPrefix("gpt-"), let version = version(name.dropFirst(4)), version.major >= 5 else {
            return .none
        }
        let kind = version.rest
        // Of these only the plain chat model of the first generation is known to reason not at all.
        if version.major == 5, version.minor == 0 { return kind.hasPrefix("-chat") ? .none : .always }
        for mark in ["-pro", "-codex", "-chat", "-astra"] where kind.hasPrefix(mark) { return .always }
        if version.major == 6, version.minor == 1, kind.hasPrefix("-sol") { return .always }
        return .optional
    }

    private static func complaint(_ message: String, _ hint: String) -> RequestComplaint {
        RequestComplaint("unsupported-parameter", message, hint: hint)
    }

    /// The name without a route, in small letters.
    private static func baseName(of model: String) -> Substring {
        model.lowercased().split(separator: "/").last ?? ""
    }

    /// `o1`, `o3-mini`, `o4-mini-2025-04-16`.
    private static func isNumberedO(_ name: Substring) -> Bool {
        guard name.utf8.first == UInt8(ascii: "o") else { return false }
        let digits = name.utf8.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let rest = name.utf8.dropFirst(1 + digits.count)
        return !digits.isEmpty && (rest.isEmpty || rest.first == UInt8(ascii: "-"))
    }

    /// `5.4-mini` as 5, 4 and `-mini`; nil for `4o`, whose letter belongs to its generation, and the like.
    private static func version(_ text: Substring) -> (major: Int, minor: Int, rest: Substring)? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let rest = text[number.endIndex...]
        guard let first = parts.first, let major = Int(first), parts.count <= 2,
            rest.isEmpty || rest.hasPrefix("-")
        else { return nil }
        if parts.count == 1 { return (major, 0, rest) }
        guard let minor = Int(parts[1]) else { return nil }
        return (major, minor, rest)
    }
}
