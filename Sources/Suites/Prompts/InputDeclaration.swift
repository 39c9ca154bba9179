public import Diagnostics
public import JSON

/// Why a text is no value of an input, in words that follow the input's name.
struct InputComplaint: Error {
    /// The words.
    let text: String

    /// Creates a complaint.
    init(_ text: String) { self.text = text }
}

/// A variable as a prompt's `inputs:` declares it.
public struct InputDeclaration: Sendable, Hashable {
    /// The variable's name.
    public var name: String
    /// What it means.
    public var description: String?
    /// The types it may have, as JSON Schema names them; empty: any.
    public var types: [String]
    /// The values it may have; nil: any.
    public var choices: [JSONValue]?
    /// The length of a text in Unicode scalars.
    public var length: ClosedRange<Int>
    /// The size of a number.
    public var range: ClosedRange<Double>
    /// Where it is declared.
    public var mark: SourceMark

    /// What is wrong with a value, in words; nil when it is right.
    func complaint(about value: JSONValue) -> String? {
        if !types.isEmpty, !types.contains(where: { Self.isOf($0, value) }) {
            return "must be of type \(types.joined(separator: " or ")), not \(value.typeName)"
        }
        if let choices, !choices.contains(value) {
            return "must be one of \(choices.map(\.description).joined(separator: ", "))"
        }
        if let text = value.string {
            let count = text.unicodeScalars.count
            if count > length.upperBound {
                return "is \(count) characters long; at most \(length.upperBound) are allowed"
            }
            if count < length.lowerBound {
                return "is \(count) characters long; at least \(length.lowerBound) are needed"
            }
        }
        if let number = value.double, !range.contains(number) {
            return "must be from \(range.lowerBound) to \(range.upperBound)"
        }
        return nil
    }

    /// A text of a CSV file as a value of the declared type; the text itself when it declares text or does not fit.
    func converting(_ text: String) -> JSONValue {
        if text.isEmpty, types.contains("null") { return .null }
        guard !types.isEmpty, !types.contains("string"), let value = try? JSONParser().parse(text) else {
            return .string(text)
        }
        return types.contains { Self.isOf($0, value) } ? value : .string(text)
    }

    /// A text of the command line as a value of the declared type: what declares text, or nothing, gets the text as it
    /// is, all else is read as JSON.
    ///
    /// Throws what is wrong with it, in words.
    func reading(_ text: String) throws(InputComplaint) -> JSONValue {
        if text.isEmpty, types.contains("null") { return .null }
        if types.isEmpty || types.contains("string") { return .string(text) }
        let value = try? JSONParser().parse(text)
        guard let value, types.contains(where: { Self.isOf($0, value) }) else {
            let shown = TerminalText.excerpt(text, limit: 60)
            throw InputComplaint("must be of type \(types.joined(separator: " or ")), and '\(shown)' is not")
        }
        return value
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "integer": value.number?.isInteger ?? false
        default: value.typeName == type
        }
    }
}
