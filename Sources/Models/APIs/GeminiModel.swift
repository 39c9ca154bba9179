import JSON

/// What is known of one of Google's Gemini models by its id.
///
/// State of 2026-11: what LiteLLM's table marks. An id that is not understood is taken to accept everything, since this
/// is for warnings and for what later generations want besides.
struct GeminiModel {
    private let version: (major: Int, minor: Int)
    private let variant: String

    /// Reads `gemini-2.5-pro`, `models/gemini-3.6-flash`; nil for other ids.
    init?(_ id: String) {
        let words = id.lowercased().split(separator: "/").last?.split(separator: "-") ?? []
        guard words.count >= 2, words[0] == "gemini" else { return nil }
        let numbers = words[1].split(separator: ".").map { Int($0) }
        guard let major = numbers.first ?? nil else { return nil }
        version = (major, (numbers.dropFirst().first ?? nil) ?? 0)
        variant = words.dropFirst(2).joined(separator: "-")
    }

    /// True when `temperature`, `top_p` and `top_k` are ignored, and a last message of the model is rejected: Gemini 3.6
    /// to 3.8 Flash and 3.5 Flash-Lite.
    var hasFixedSampling: Bool {
        version.major == 3
            && (version.minor >= 6 && variant.hasPrefix("flash")
                || version.minor == 5 && variant.hasPrefix("flash-lite"))
    }

    /// True when thinking is bounded by tokens, not by levels: Gemini 2.5 and older.
    var hasThinkingBudget: Bool { version.major < 3 }

    /// True when a function call in the messages needs the signature of the thoughts before it: Gemini 3 and later.
    var wantsSignatures: Bool { version.major >= 3 }

    /// The part of JSON Schema that `responseJsonSchema` reads; the rest is ignored.
    ///
    /// From the description of `response_json_schema` in Google's Python library (google-genai 3.6.1, `types.py`).
    static let schemaSubset = SchemaSubset(
        keywords: [
            "$defs", "$ref", "$anchor", "type", "format", "enum", "items", "prefixItems", "minItems",
            "maxItems",
            "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required",
            "propertyOrdering",
        ], formats: nil, isStrict: false)
}

extension RequestDraft {
    /// Warns of what one of Google's models ignores or rejects.
    mutating func checkGemini(_ parameters: JSONObject, endsWithModel: Bool) {
        guard let gemini = GeminiModel(model) else { return }
        if gemini.hasFixedSampling {
            for name in ["temperature", "top_p", "top_k"] where parameters[name] != nil {
                warn(
                    "ignored-parameter", "\(model) ignores '\(name)'",
                    hint: CallFailure.hint(toDrop: name))
            }
            if endsWithModel {
                warn(
                    "unsupported-prefill", "\(model) rejects messages that end with one of the assistant",
                    hint: "end with a user message")
            }
        }
        if gemini.hasThinkingBudget, let effort = parameters["reasoning_effort"], effort != "none" {
            warn(
                "unsupported-parameter",
                "\(model) rejects 'reasoning_effort': its thinking has a budget in tokens",
                hint: "write `thinking: {thinkingBudget: 1024}` instead")
        }
    }
}
