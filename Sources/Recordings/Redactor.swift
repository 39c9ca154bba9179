public import Diagnostics
public import Evals
public import JSON
import Patterns
public import Secrets

/// Replaces secrets in requests and replies by `[redacted:KIND:n]`, before they are stored, shown or judged.
///
/// Kinds: `key` for the values of key variables; `custom` for a project's own patterns; `anthropic`, `openai`, `aws`, `github`, `slack`, `google`,
/// `jwt`, `bearer` and `private-key` for what has the shape of a key; `email`, `card` and the like for personal data
/// that the project wants replaced. A text that is redacted already stays as it is.
public struct Redactor: Sendable {
    /// The numbers given so far in one exchange: the same secret has the same number in request and reply.
    public struct Numbering: Sendable {
        fileprivate var numbers: [String: String] = [:]
        fileprivate var last = 0

        /// Creates an empty numbering.
        public init() {}
    }

    private let patterns: [Pattern]
    /// The kinds of personal data that are replaced.
    let kinds: Set<PersonalData>
    /// The values of the key variables in use.
    let secrets: SecretTexts

    /// A redactor that knows the shapes of keys only.
    public static let standard = Redactor(compiled: [])

    private init(compiled: [Pattern]) {
        patterns = compiled
        kinds = []
        secrets = SecretTexts([])
    }

    /// Creates a redactor from the entries of `redact:`; patterns that don't compile are diagnostics.
    ///
    /// - Parameters:
    ///   - kinds: the personal data that is replaced as well.
    ///   - secrets: the values of the key variables in use. Those of 12 bytes or more are replaced in replies.
    ///     Requests stay as they are, since their keys must not depend on the environment: `hasSecret` tells which
    ///     ones must not be stored.
    public init(
        patterns sources: [(source: String, mark: SourceMark?)], kinds: Set<PersonalData> = [],
        secrets: [String] = []
    ) throws(DiagnosticError) {
        var patterns: [Pattern] = []
        var mistakes: [Diagnostic] = []
        for (source, mark) in sources {
            do throws(PatternError) {
                patterns.append(try Pattern(source))
            } catch {
                mistakes.append(
                    Diagnostic(
                        "invalid-pattern", "the pattern of redact: is not a regular expression: \(error)",
                        at: mark, hint: "correct the pattern, or escape special characters with \\"))
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        self.patterns = patterns
        self.kinds = kinds
        self.secrets = SecretTexts(secrets)
    }

    /// True when a redacted request still holds the value of a key variable: it must be neither sent nor stored.
    public func hasSecret(_ request: ModelRequest) -> Bool {
        !secrets.isEmpty
            && SecretSurvivor(secrets: secrets, looksForShapes: false).kind(in: request.keyMaterial) != nil
    }

    /// The kind of a secret that is still in a redacted value; nil without one.
    func survivor(in value: JSONValue) -> String? { SecretSurvivor(secrets: secrets).kind(in: value) }

    /// The request with the secrets replaced in all that is sent: messages, parameters, tools and schema.
    ///
    /// The error is of the kind `refused`: a pattern that gives up must not let anything through.
    public func redact(
        _ request: ModelRequest, numbering: inout Numbering
    ) throws(EvaluationError) -> ModelRequest {
        var copy = request
        for index in copy.messages.indices {
            for part in copy.messages[index].parts.indices {
                guard case .text(let text) = copy.messages[index].parts[part],
                    let clean = try replaced(text, &numbering)
                else { continue }
                copy.messages[index].parts[part] = .text(clean)
            }
            for call in copy.messages[index].toolCalls.indices {
                copy.messages[index].toolCalls[call] = try redact(
                    copy.messages[index].toolCalls[call], numbering: &numbering)
            }
        }
        if !copy.parameters.isEmpty {
            copy.parameters = try redact(.object(copy.parameters), numbering: &numbering).object ?? [:]
        }
        for index in copy.tools.indices {
            copy.tools[index] = try redact(copy.tools[index], numbering: &numbering)
        }
        if let schema = copy.outputSchema {
            copy.outputSchema = try redact(schema, numbering: &numbering)
        }
        return copy
    }

    /// The reply with the secrets replaced in all its texts.
    ///
    /// When the content changes, its log probabilities go: their tokens would spell out the secret. Numbers that were
    /// asked for stay as they are.
    ///
    /// - Parameter purpose: What was asked for, as in `CallSite`.
    public func redact(
        _ reply: Reply, to purpose: String = "answer", numbering: inout Numbering
    ) throws(EvaluationError) -> Reply {
        var copy = reply
        if let content = copy.content, !Measurement.isOne(content, askedBy: purpose),
            let clean = try replaced(content, &numbering, secrets)
        {
            copy.content = clean
            copy.logprobs = nil
        }
        if let refusal = copy.refusal, let clean = try replaced(refusal, &numbering, secrets) {
            copy.refusal = clean
            copy.logprobs = nil
        }
        for index in copy.toolCalls.indices {
            let clean = try redacted(copy.toolCalls[index], &numbering, secrets)
            if clean != copy.toolCalls[index] {
                copy.toolCalls[index] = clean
                copy.logprobs = nil
            }
        }
        for name in [\Reply.servedModel, \.requestID, \.serviceTier, \.fallback] {
            guard let text = copy[keyPath: name], let clean = try replaced(text, &numbering, secrets) else {
                continue
            }
            copy[keyPath: name] = clean
        }
        if let texts = copy.context {
            var clean: [String] = []
            for text in texts { clean.append(try replaced(text, &numbering, secrets) ?? text) }
            copy.context = clean
        }
        if let logprobs = copy.logprobs { copy.logprobs = try redacted(logprobs, &numbering, secrets) }
        return copy
    }

    /// The text with the secrets replaced.
    public func redact(_ text: String, numbering: inout Numbering) throws(EvaluationError) -> String {
        try replaced(text, &numbering) ?? text
    }

    /// The value with the secrets replaced in all its strings and keys.
    public func redact(_ value: JSONValue, numbering: inout Numbering) throws(EvaluationError) -> JSONValue {
        try redacted(value, &numbering, nil)
    }

    private func redacted(
        _ value: JSONValue, _ numbering: inout Numbering, _ secrets: SecretTexts?
    ) throws(EvaluationError) -> JSONValue {
        switch value {
        case .null, .bool, .number: return value
        case .string(let text): return try replaced(text, &numbering, secrets).map { .string($0) } ?? value
        case .array(let elements):
            var copy = elements
            for index in copy.indices { copy[index] = try redacted(copy[index], &numbering, secrets) }
            return .array(copy)
        case .object(let members):
            var copy = JSONObject()
            for (key, member) in members {
                let name = try replaced(key, &numbering, secrets) ?? key
                copy[name] = try redacted(member, &numbering, secrets)
            }
            return .object(copy)
        }
    }

    /// The changed text, or nil when there is nothing to change.
    ///
    /// What stands beside a placeholder may have a shape only then, so a changed text is looked through again:
    /// a recorded text, which is redacted once more when it is replayed, must not change.
    private func replaced(
        _ text: String, _ numbering: inout Numbering, _ secrets: SecretTexts? = nil
    ) throws(EvaluationError) -> String? {
        var changed: String?
        while let next = try replacedOnce(changed ?? text, &numbering, secrets) { changed = next }
        return changed
    }

    private func replacedOnce(
        _ text: String, _ numbering: inout Numbering, _ secrets: SecretTexts?
    ) throws(EvaluationError) -> String? {
        var text = text
        let (spans, placeholders) = try spans(in: &text, kinds: kinds, secrets)
        for placeholder in placeholders { numbering.last = max(numbering.last, placeholder.number) }
        guard !spans.isEmpty else { return nil }
        return text.withUTF8 { bytes in
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count)
            var position = 0
            for span in spans {
                output.append(contentsOf: bytes[position..<span.range.lowerBound])
                let secret = String(decoding: bytes[span.range], as: UTF8.self)
                output.append(contentsOf: numbering.placeholder(for: secret, kind: span.kind).utf8)
                position = span.range.upperBound
            }
            output.append(contentsOf: bytes[position...])
            return String(decoding: output, as: UTF8.self)
        }
    }

    /// What is to be replaced in a text, and the placeholders that stand there already.
    func spans(
        in text: inout String, kinds: Set<PersonalData>, _ secrets: SecretTexts?
    ) throws(EvaluationError) -> (spans: [RedactionSpan], placeholders: [Placeholder]) {
        var finds = text.withUTF8 { KeyShape.finds(in: $0) }
        for pattern in patterns {
            do throws(PatternError) {
                for match in try pattern.allMatches(in: text) where !match.range.isEmpty {
                    finds.append(KeyShape.Find(range: match.range, kind: "custom"))
                }
            } catch {
                throw EvaluationError(
                    .refused, "a text could not be redacted: \(error.message)",
                    hint: "simplify this pattern of redact: in evalrun.yaml")
            }
        }
        if let secrets, !secrets.isEmpty { finds += text.withUTF8 { secrets.finds(in: $0) } }
        if !kinds.isEmpty {
            text.withUTF8 { bytes in
                PersonalData.scan(bytes, kinds: kinds) { find in
                    finds.append(find)
                    return true
                }
            }
        }
        let placeholders = text.withUTF8 { Placeholder.all(in: $0) }
        guard !finds.isEmpty else { return ([], placeholders) }
        return (RedactionSpan.merging(finds, around: placeholders.map(\.range)), placeholders)
    }
}

extension Redactor.Numbering {
    /// `[redacted:KIND:n]`; a secret seen before keeps its first kind and number.
    fileprivate mutating func placeholder(for secret: String, kind: String) -> String {
        if let known = numbers[secret] { return known }
        last += 1
        let text = "[redacted:\(kind):\(last)]"
        numbers[secret] = text
        return text
    }
}
