import CLibXML2

/// One reason why a text is no well-formed XML document.
public struct XMLProblem: Sendable, Hashable {
    /// The line, counted from 1; 0 when no place is known.
    public var line: Int
    /// The column, counted from 1; 0 when no place is known.
    public var column: Int
    /// What is wrong, without a full stop.
    public var message: String
}

/// Tells whether a text is a well-formed XML 1.0 document.
///
/// Nothing outside of the text is read: no network, no files, no external entities, and entities declared in
/// the text are not expanded. Undeclared prefixes of namespaces are no problem, as XML 1.0 does not know them.
public enum XMLChecker {
    /// The longest text that is looked at, in UTF-8 bytes.
    public static let maximumLength = 64 << 20
    /// The most problems that are told.
    public static let maximumProblems = 20

    /// All problems found, in the order of the text; empty for a well-formed document.
    ///
    /// The text counts as UTF-8 whatever its declaration says.
    public static func check(_ text: String) -> [XMLProblem] {
        XMLLibrary.prepare()
        guard text.utf8.count <= maximumLength else {
            return [XMLProblem(line: 0, column: 0, message: "the text is longer than \(maximumLength) bytes")]
        }
        // The library takes a NUL for the end of the text.
        if let place = text.utf8.firstIndex(of: 0) {
            let before = text[..<place].unicodeScalars
            let line = before.count { $0 == "\n" } + 1
            let column = before.reversed().prefix { $0 != "\n" }.count + 1
            return [XMLProblem(line: line, column: column, message: "the character U+0000 is not allowed")]
        }
        guard let context = xmlNewParserCtxt() else {
            return [XMLProblem(line: 0, column: 0, message: "there is not enough memory for the parser")]
        }
        defer { xmlFreeParserCtxt(context) }
        let collector = XMLProblemCollector()
        prepare(context, collector)
        var text = text
        let isWellFormed = withExtendedLifetime(collector) {
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    let document = xmlCtxtReadMemory(
                        context, characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8",
                        Int32(bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue))
                    let isWellFormed = document != nil && context.pointee.wellFormed == 1
                    if let document { xmlFreeDoc(document) }
                    return isWellFormed
                }
            }
        }
        if isWellFormed { return [] }
        if collector.problems.isEmpty {
            return [XMLProblem(line: 0, column: 0, message: "the text is not a well-formed XML document")]
        }
        return collector.problems
    }

    /// Sends the parser's errors to the collector instead of stderr, and keeps it from building a tree.
    private static func prepare(_ context: xmlParserCtxtPtr, _ collector: XMLProblemCollector) {
        context.pointee._private = Unmanaged.passUnretained(collector).toOpaque()
        guard let handlers = context.pointee.sax else { return }
        handlers.pointee.serror = { data, error in
            guard let context = data?.assumingMemoryBound(to: xmlParserCtxt.self),
                let collector = context.pointee._private, let error
            else { return }
            let problem = error.pointee
            Unmanaged<XMLProblemCollector>.fromOpaque(collector).takeUnretainedValue().take(problem)
        }
        handlers.pointee.characters = nil
        handlers.pointee.ignorableWhitespace = nil
        handlers.pointee.cdataBlock = nil
        handlers.pointee.comment = nil
        handlers.pointee.processingInstruction = nil
    }
}

/// Keeps the problems that the parser tells while it reads one text.
private final class XMLProblemCollector {
    private(set) var problems: [XMLProblem] = []

    /// Takes an error of the parser; warnings and rules of namespaces are left out.
    func take(_ error: xmlError) {
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue,
            error.domain != Int32(bitPattern: XML_FROM_NAMESPACE.rawValue),
            problems.count < XMLChecker.maximumProblems
        else { return }
        var message = error.message.map { String(cString: $0) } ?? "error \(error.code)"
        while let last = message.unicodeScalars.last, last.properties.isWhitespace || last == "." {
            message.unicodeScalars.removeLast()
        }
        problems.append(
            XMLProblem(line: max(Int(error.line), 0), column: max(Int(error.int2), 0), message: message))
    }
}
