public import Evals
import JSON

/// Between which numbers the tokens of a request most likely lie, without the tokenizer of its model.
///
/// The same request gives the same numbers everywhere. `high` is meant to be exceeded by no tokenizer in use: it counts
/// a token for every three letters of a word, every digit, every punctuation mark and every line, two for a letter
/// outside ASCII or a CJK character and three or more for the rest, adds a third, and never exceeds the number of
/// bytes, of which tokenizers make at most one token each. `low` is a fifth below what they reach on plain prose.
/// Compared with cl100k_base, o200k_base and Claude 2's vocabulary: between them lay prose in ten languages and
/// scripts, Markdown, source code, JSON, CSV, digits, hexadecimal and Base64.
public struct TokenEstimate: Sendable, Hashable {
    /// At least about so many.
    public var low: Int
    /// At most so many.
    public var high: Int

    /// Creates an estimate.
    public init(low: Int, high: Int) {
        self.low = low
        self.high = high
    }

    /// Nothing.
    public static let zero = TokenEstimate(low: 0, high: 0)

    /// The sum, held at the largest number when it would be larger.
    public static func + (left: TokenEstimate, right: TokenEstimate) -> TokenEstimate {
        func sum(_ one: Int, _ other: Int) -> Int {
            let (sum, overflowed) = one.addingReportingOverflow(other)
            return overflowed ? .max : sum
        }
        return TokenEstimate(low: sum(left.low, right.low), high: sum(left.high, right.high))
    }

    /// The tokens of a request's input: messages with their images and tool calls, tools, and the schema of the answer.
    ///
    /// The overheads are those that vendors document, rounded up: a few tokens a message, some hundred for the
    /// instructions that come with tools and schemas.
    public static func input(of request: ModelRequest) -> TokenEstimate {
        var sum = TokenEstimate(low: 3, high: 16)
        for message in request.messages {
            sum = sum + TokenEstimate(low: 3, high: 8)
            for call in message.toolCalls { sum = sum + json(call) }
            for part in message.parts {
                switch part {
                case .text(let text): sum = sum + Self.text(text)
                case .image: sum = sum + image(for: request.model.model)
                }
            }
        }
        if !request.tools.isEmpty { sum = sum + TokenEstimate(low: 20, high: 600) }
        for tool in request.tools { sum = sum + json(tool) + TokenEstimate(low: 4, high: 24) }
        if let schema = request.outputSchema { sum = sum + json(schema) + TokenEstimate(low: 10, high: 400) }
        return sum
    }

    /// The tokens of a text.
    public static func text(_ text: String) -> TokenEstimate {
        var counter = TextTokenCounter()
        for scalar in text.unicodeScalars { counter.add(scalar) }
        return counter.finish(bytes: text.utf8.count)
    }

    private static func json(_ value: JSONValue) -> TokenEstimate {
        text(JSONWriter.spaced.text(of: value))
    }

    /// An image of unknown size: from the smallest that vendors charge to the largest they scale to.
    ///
    /// gpt-4o-mini alone counts 33 times as many tokens for an image as gpt-4o does.
    private static func image(for model: String) -> TokenEstimate {
        model.contains("gpt-4o-mini")
            ? TokenEstimate(low: 2_833, high: 50_000) : TokenEstimate(low: 85, high: 5_000)
    }
}

/// Counts the tokens of a text, character by character.
private struct TextTokenCounter {
    private enum Run {
        case none, lower, upper, digits, marks, spaces
    }

    private var run = Run.none
    private var length = 0
    private var high = 0
    /// Twelfths of a token, so that parts of tokens add up without rounding each.
    private var low = 0

    /// Adds the next scalar.
    mutating func add(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x61...0x7A:
            // A capital letter begins the word it stands before.
            if run == .upper, length == 1 { run = .lower }
            extend(.lower)
        case 0x41...0x5A: extend(.upper)
        case 0x30...0x39: extend(.digits)
        case 0x20: extend(.spaces)
        case 0x00..<0x20: count(high: 1, low: 6)
        case 0x21..<0x80: extend(.marks)
        case 0x80..<0x800: count(high: 2, low: 4)
        case 0x3000..<0x3100, 0x3400..<0xA000, 0xAC00..<0xD7B0, 0xF900..<0xFB00: count(high: 2, low: 8)
        case 0x800..<0x10000: count(high: 3, low: 4)
        default: count(high: 4, low: 12)
        }
    }

    /// The estimate of what was added: a fifth less at least, a third more at most, but no more than bytes.
    mutating func finish(bytes: Int) -> TokenEstimate {
        close()
        return TokenEstimate(low: (low + 14) / 15, high: min(bytes, (high * 4 + 2) / 3))
    }

    private mutating func extend(_ kind: Run) {
        if run != kind { close() }
        run = kind
        length += 1
    }

    private mutating func count(high: Int, low: Int) {
        close()
        self.high += high
        self.low += low
    }

    private mutating func close() {
        switch run {
        case .none: break
        case .lower, .upper:
            high += (length + 2) / 3
            low += 12 + (length - 1) / 8 * 12
        case .spaces:
            // The space before a word is a part of the word's first token; more of them are tokens of their own.
            high += (length + 2) / 4
            low += length > 1 ? 12 : 0
        case .digits:
            high += length
            low += (length + 2) / 3 * 12
        case .marks:
            high += length
            low += (length + 3) / 4 * 12
        }
        run = .none
        length = 0
    }
}
