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
        collector.listen(to: context)
        guard let handlers = context.pointee.sax else { return }
        handlers.pointee.characters = nil
        handlers.pointee.ignorableWhitespace = nil
        handlers.pointee.cdataBlock = nil
        handlers.pointee.comment = nil
        handlers.pointee.processingInstruction = nil
    }
}
