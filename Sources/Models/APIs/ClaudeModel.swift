import JSON

/// What is known of one of Anthropic's models by its id, at Anthropic itself or at Bedrock.
///
/// State of 2026-11: what LiteLLM's table marks, continued to later versions of each family. An id that is not
/// understood is taken to accept everything, since this is for warnings only.
struct ClaudeModel {
    private let family: String
    private let version: (major: Int, minor: Int)

    /// Reads `claude-opus-4-7`, `claude-sonnet-4-5-20250929`, `us.anthropic.claude-haiku-4-5-20251001-v1:0`; nil for
    /// other makers' models and for ids of the first generations (`claude-3-5-sonnet-…`).
    init?(_ id: String) {
        let words = id.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        guard let start = words.firstIndex(of: "claude"), start + 1 < words.count,
            ["opus", "sonnet", "haiku", "fable", "mythos"].contains(words[start + 1])
        else { return nil }
        family = String(words[start + 1])
        // A number of more than two digits is a date.
        let numbers = words[(start + 2)...].prefix { $0.count <= 2 && $0.allSatisfy(\.isNumber) }.compactMap {
            Int($0)
        }
        version = (numbers.first ?? 0, numbers.dropFirst().first ?? 0)
    }

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        version.major > major || version.major == major && version.minor >= minor
    }

    private var isNewest: Bool { family == "fable" || family == "mythos" }

    /// True when `temperature`, `top_p` and `top_k` are rejected.
    var rejectsSampling: Bool { isNewest || (family == "opus" ? isAtLeast(4, 7) : isAtLeast(5, 0)) }

    /// True when a last message of the assistant, to be continued, is rejected.
    var rejectsPrefill: Bool {
        isNewest || (family == "haiku" ? isAtLeast(5, 0) : isAtLeast(4, 6))
    }

    /// True when `temperature` and `top_p` can't be given together.
    var rejectsBothSamplings: Bool { family == "opus" ? isAtLeast(4, 1) : isAtLeast(4, 5) }

    /// The part of JSON Schema that Anthropic's structured outputs accept: what Anthropic's own Python library
    /// (2.14.0, `_transform.py`) leaves in a schema.
    static let schemaSubset = SchemaSubset(
        keywords: [
            "$defs", "definitions", "$ref", "type", "anyOf", "allOf", "enum", "const", "properties",
            "additionalProperties", "required", "items", "pattern",
        ],
        formats: [
            "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
        ], isStrict: true)
}

extension RequestDraft {
    /// Warns of sampling parameters and endings that one of Anthropic's models rejects.
    mutating func checkClaude(_ parameters: JSONObject, endsWithModel: Bool) {
        guard let claude = ClaudeModel(model) else { return }
        // A temperature of 1 is what the newest models do anyway, and still taken.
        let sampling = ["temperature", "top_p", "top_k"].filter { name in
            parameters[name].map { !(name == "temperature" && $0 == 1) } ?? false
        }
        if claude.rejectsSampling {
            for name in sampling {
                warn(
                    "unsupported-parameter", "\(model) rejects '\(name)'",
                    hint: CallFailure.hint(toDrop: name))
            }
        } else if claude.rejectsBothSamplings, sampling.contains("temperature"), sampling.contains("top_p") {
            warn(
                "conflicting-parameters", "\(model) rejects 'temperature' beside 'top_p'",
                hint: "keep one of them")
        }
        if endsWithModel, claude.rejectsPrefill {
            warn(
                "unsupported-prefill",
                "\(model) rejects messages that end with one of the assistant",
                hint: "end with a user message")
        }
    }

    /// Warns of strict tools whose schemas one of Anthropic's models rejects.
    mutating func checkClaudeTools(_ tools: [ToolDefinition]) {
        for tool in tools where tool.isStrict {
            checkSchema(
                tool.parameters ?? [:], "the strict tool '\(tool.name)'", ClaudeModel.schemaSubset,
                effect: "rejects")
        }
    }

    /// Refuses a temperature that is no number from 0 to 1.
    mutating func checkUnitTemperature(_ value: JSONValue?) {
        guard let value = value?.double, !(0...1).contains(value) else { return }
        refuse(
            "parameter-range", "'temperature' is \(value) for \(model), and \(api) takes 0 to 1",
            hint: "write a number from 0 to 1")
    }
}
