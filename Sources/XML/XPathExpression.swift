import CLibXML2

/// An XPath 1.0 expression that compiles.
///
/// Kept as text and compiled anew for each document: the library caches functions inside of a compiled expression
/// while it evaluates it, so that one must not be shared between threads.
public struct XPathExpression: Sendable, Hashable {
    /// The longest expression that is compiled, in UTF-8 bytes.
    public static let maximumLength = 4096

    /// The expression as written.
    public let source: String

    /// Checks that the expression compiles, and that its functions are known.
    ///
    /// The library takes an unknown function for one that will be there later, and `count(` for a whole expression;
    /// a look at a small document tells.
    public init(_ source: String) throws(XPathError) {
        XMLLibrary.prepare()
        guard !source.utf8.isEmpty else { throw XPathError(.syntax, "the path is empty") }
        guard source.utf8.count <= Self.maximumLength, !source.utf8.contains(0) else {
            throw XPathError(.syntax, "the path is longer than \(Self.maximumLength) bytes")
        }
        self.source = source
        if let problem = Self.problem(in: Array(source.utf8)) {
            throw XPathError(.syntax, "'\(source)' is no XPath that can be used here: \(problem)")
        }
        guard let sample = try? XMLDocument("<a/>") else {
            throw XPathError(.evaluation, "there is not enough memory")
        }
        do throws(XPathError) {
            _ = try XPathEvaluation(sample.document).value(of: source)
        } catch {
            throw error.kind == .syntax
                ? error : XPathError(.syntax, "'\(source)' is no XPath: \(error.message)")
        }
    }
}

extension XPathExpression {
    /// Variables and functions with a prefix: nothing gives them a meaning, and the library complains on stderr.
    private static func problem(in bytes: [UInt8]) -> String? {
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = bytes[position...].firstIndex(of: byte) else {
                    return "a quoted text has no end"
                }
                position = end + 1
            case UInt8(ascii: "$"): return "variables ($name) have no value"
            case UInt8(ascii: ":"):
                if position < bytes.count, bytes[position] == byte {
                    position += 1
                    continue
                }
                let rest = bytes[position...].drop(while: isNamePart).drop { $0 <= 0x20 }
                if rest.first == UInt8(ascii: "(") { return "functions with a prefix are unknown" }
            default: break
            }
        }
        return nil
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            0x80...:
            true
        default: false
        }
    }
}

/// Why an XPath does not compile, or could not be evaluated.
public struct XPathError: Error, Sendable, Hashable {
    /// What kind of failure it was.
    public enum Kind: Sendable, Hashable {
        /// The expression does not compile.
        case syntax
        /// The evaluation took too many steps, or went wrong in the document at hand.
        case evaluation
    }

    /// What kind of failure it was.
    public let kind: Kind
    /// What is wrong, without a full stop.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// What an XPath gives.
public enum XPathValue: Sendable, Hashable {
    /// The string values of the nodes found, at least one, in the order of the document.
    case texts([String])
    /// The result of a function that gives a text.
    case text(String)
    /// The result of a function that gives a number; may be infinite or not a number.
    case number(Double)
    /// The result of a comparison or a function that is true or false.
    case bool(Bool)
}

extension XMLDocument {
    /// Whether the root element or one directly inside is in a namespace without a prefix.
    public var hasDefaultNamespace: Bool {
        guard let root = xmlDocGetRootElement(document) else { return false }
        if root.pointee.ns != nil, root.pointee.ns.pointee.prefix == nil { return true }
        return false
    }

    /// What an expression gives in this document; nil for a set of no nodes.
    ///
    /// Prefixes are those that the document declares; one that it does not declare finds nothing.
    public func value(at expression: XPathExpression) throws(XPathError) -> XPathValue? {
        let evaluation = try XPathEvaluation(document)
        return try evaluation.value(of: expression.source)
    }
}
