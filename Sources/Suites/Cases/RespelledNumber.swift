import Diagnostics
import Evals
import JSON
import YAML

/// A number that stands where a text is looked for, and whose digits are not those that were typed: `1.10` is 1.1.
enum RespelledNumber {
    /// Warns of each such number in a value or a list.
    static func warn(of node: YAMLNode, in type: String, reader: SourceReader) {
        for item in node.items ?? [node] {
            guard let scalar = item.scalar, let text = text(of: scalar, item.json) else { continue }
            reader.add(
                Diagnostic(
                    "number-spelling",
                    "YAML reads \(scalar.text) as a number, so '\(type)' looks for \(text)", at: item.mark,
                    hint: "to mean the text, write it in quotes: '\(scalar.text)'", severity: .warning,
                    fix: scalar.quotingFix(at: item.mark)))
        }
    }

    /// The text that is looked for, when it is not the one that was typed.
    private static func text(of scalar: YAMLScalar, _ value: JSONValue) -> String? {
        guard scalar.style == .plain, case .number = value else { return nil }
        let isInteger = scalar.text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isInteger, scalar.text == "0" || scalar.text.utf8.first != 0x30 { return nil }
        let text = String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)
        return text == scalar.text ? nil : text
    }
}

extension AssertionDescriptor {
    /// The types that its value may have.
    fileprivate var schemaTypes: [JSONValue] {
        let type = valueSchema["type"]
        return type?.array ?? type.map { [$0] } ?? []
    }

    /// True when numbers among its values are taken as the text that they stand for.
    var takesTexts: Bool {
        rendersValue && schemaTypes.contains("string") && schemaTypes.contains("number")
    }
}
