import Diagnostics
import Evals
import JSON
import Selections

/// Where an application under test has its answer, and what else it tells: the settings `answer`, `context`,
/// `tool_calls`, `usage`, `served_model` and `finish_reason` of kinds `http` and `exec`, each a JSONPath or JSON Pointer.
struct ApplicationAnswer: Sendable {
    /// The settings that are paths.
    static let keys = ["answer", "context", "tool_calls", "usage", "served_model", "finish_reason"]

    private let paths: [String: Path]

    private struct Path: Sendable {
        var written: String
        var selection: Selection
    }

    /// Reads the paths of a provider's settings, and adds what is wrong with them.
    init(_ settings: JSONObject, _ mistakes: inout [SettingMistake]) {
        var paths: [String: Path] = [:]
        for key in Self.keys {
            guard let value = settings[key] else { continue }
            guard let written = value.string else {
                mistakes.append(
                    SettingMistake(
                        key: key, message: "'\(key)' must be a JSONPath", hint: "write \(key): $.NAME"))
                continue
            }
            do throws(SelectionError) {
                paths[key] = Path(written: written, selection: try Selection(written))
            } catch {
                mistakes.append(
                    SettingMistake(
                        key: key, message: "'\(key)': \(error.message)", hint: Selection.supportedForms))
            }
        }
        self.paths = paths
    }

    /// The reply in what an application gave back.
    ///
    /// Without paths the whole output is the answer; JSON that is a text is that text. `answer` alone must be there:
    /// the other paths may find nothing.
    func reply(in output: [UInt8]) throws(Trouble) -> Reply {
        let document = try? JSONParser().parse(bytes: output)
        if !paths.isEmpty, document == nil {
            throw Trouble(message: "the output is no JSON, and '\(firstKey)' looks for something in it")
        }
        var reply = Reply(content: nil)
        if let document {
            reply.context = try found("context", in: document)?.flatMap { $0.array ?? [$0] }.map(Self.text)
            reply.toolCalls = (try found("tool_calls", in: document) ?? [])
                .flatMap { $0.array ?? [$0] }.filter { !$0.isNull }.map(Self.call)
            reply.usage = try found("usage", in: document)?.first.flatMap(Self.usage)
            reply.servedModel = try found("served_model", in: document)?.first?.string
            reply.finishReason = FinishReason.shared(
                try found("finish_reason", in: document)?.first?.string)
        }
        reply.content = try content(output, document, mayBeMissing: !reply.toolCalls.isEmpty)
        return reply
    }

    /// Why an output holds no reply.
    struct Trouble: Error {
        /// What is wrong, without a full stop.
        var message: String
        /// What to do about it.
        var hint: String?
    }

    private var firstKey: String { Self.keys.first { paths[$0] != nil } ?? "" }

    private func content(
        _ output: [UInt8], _ document: JSONValue?, mayBeMissing: Bool
    ) throws(Trouble) -> String? {
        guard let path = paths["answer"] else {
            if let text = document?.string { return text }
            guard !output.isEmpty || mayBeMissing else { throw Trouble(message: "the output is empty") }
            // A bad byte must not look like an answer.
            guard let text = String(validating: output, as: UTF8.self) else {
                throw Trouble(message: "the output is not UTF-8")
            }
            return text
        }
        let values =
            try document.map { (value) throws(Trouble) in try found("answer", in: value) ?? [] } ?? []
        let texts = values.filter { !$0.isNull }
        guard let first = texts.first else {
            if mayBeMissing { return nil }
            throw Trouble(
                message: "the output has nothing at \(path.written)",
                hint: "correct `answer:`, or see what the application sent back")
        }
        return Self.text(texts.count == 1 ? first : .array(texts))
    }

    /// What a path finds; nil when the setting was not written.
    private func found(_ key: String, in document: JSONValue) throws(Trouble) -> [JSONValue]? {
        guard let path = paths[key] else { return nil }
        do throws(SelectionError) {
            return try path.selection.nodes(in: document)
        } catch {
            throw Trouble(message: "'\(path.written)' could not be followed: \(error.message)")
        }
    }

    // MARK: - Forms

    private static func text(_ value: JSONValue) -> String {
        value.string ?? JSONWriter.compact.text(of: value)
    }

    /// A call as `{id, name, arguments}`; what has no name stays as it is, for assertions to see.
    private static func call(_ written: JSONValue) -> JSONValue {
        let inner = ["function", "functionCall", "toolUse"].lazy.compactMap { written[$0] }.first ?? written
        guard let name = inner["name"]?.string else { return written }
        let arguments = ["arguments", "input", "args", "parameters"].lazy.compactMap { inner[$0] }.first
        var call: JSONObject = [:]
        call["id"] = written["id"] ?? written["call_id"] ?? inner["toolUseId"]
        call["name"] = .string(name)
        call["arguments"] = ToolCall.value(of: arguments)
        return .object(call)
    }

    /// Counts in our own names, or in those of OpenAI's APIs.
    private static func usage(_ value: JSONValue) -> Usage? {
        guard let usage = OpenAIUsage.normalized(value),
            let read = TokenCount.optional(value["cache_read_tokens"], absent: usage.cacheReadTokens),
            let written = TokenCount.optional(value["cache_write_tokens"], absent: usage.cacheWriteTokens),
            let reasoning = TokenCount.optional(value["reasoning_tokens"], absent: usage.reasoningTokens)
        else { return nil }
        return Usage(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, cacheReadTokens: read,
            cacheWriteTokens: written, reasoningTokens: reasoning)
    }
}
