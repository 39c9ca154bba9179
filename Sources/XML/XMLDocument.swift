import CLibXML2

/// A well-formed XML document as a tree, for looking things up in it.
///
/// Nothing outside of the text is read: no network, no files, no external entities. A document that declares
/// entities of its own (a DTD's internal subset) is refused, so that none can be expanded. An entity that only an
/// external DTD could declare stays a reference without text. Used from one task at a time.
public final class XMLDocument {
    /// The longest text that is read, in UTF-8 bytes.
    public static let maximumLength = 16 << 20
    /// How deep elements may nest.
    public static let maximumDepth = 2000
    /// How many elements and attributes it may have: a tree of some hundred megabytes at most.
    public static let maximumNodes = 2_000_000

    /// The library's tree; freed in `deinit`.
    let document: xmlDocPtr

    /// Reads a text, which counts as UTF-8 whatever its declaration says.
    public init(_ text: String) throws(XMLRefusal) {
        XMLLibrary.prepare()
        guard text.utf8.count <= Self.maximumLength else {
            throw XMLRefusal(.limit, "it is longer than \(Self.maximumLength) bytes")
        }
        var text = text
        let result = text.withUTF8 { bytes in Self.document(Self.withoutMark(bytes)) }
        document = try result.get()
    }

    deinit { xmlFreeDoc(document) }

    /// The bytes behind a byte order mark.
    private static func withoutMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? .init(rebasing: bytes.dropFirst(3)) : bytes
    }

    private static func document(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<xmlDocPtr, XMLRefusal> {
        guard !bytes.isEmpty else { return .failure(XMLRefusal(.malformed, "it is empty")) }
        // The library takes a NUL for the end of the text.
        guard !bytes.contains(0) else {
            return .failure(XMLRefusal(.malformed, "the character U+0000 is not allowed"))
        }
        if let problem = XMLProlog.problem(in: bytes) { return .failure(XMLRefusal(.malformed, problem)) }
        guard let context = xmlNewParserCtxt() else {
            return .failure(XMLRefusal(.limit, "there is not enough memory for the parser"))
        }
        defer { xmlFreeParserCtxt(context) }
        let collector = XMLProblemCollector()
        collector.listen(to: context)
        collector.limitTree(of: context, depth: maximumDepth, nodes: maximumNodes)
        // XML_PARSE_HUGE lifts the limits on depth (256) and texts, for which there are those above; what it lifts
        // on entities can't matter, since none can be declared.
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue
            | XML_PARSE_COMPACT.rawValue
        let document = withExtendedLifetime(collector) {
            bytes.withMemoryRebound(to: CChar.self) { characters in
                xmlCtxtReadMemory(
                    context, characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8",
                    Int32(bitPattern: options))
            }
        }
        if let excess = collector.excess {
            if let document { xmlFreeDoc(document) }
            return .failure(XMLRefusal(.limit, excess))
        }
        if let document {
            if context.pointee.wellFormed == 1 { return .success(document) }
            xmlFreeDoc(document)
        }
        guard let problem = collector.problems.first else {
            return .failure(XMLRefusal(.malformed, "it is not well-formed"))
        }
        // Where the library gave up, later problems follow from that.
        return .failure(
            XMLRefusal(
                collector.isLimit ? .limit : .malformed,
                "\(problem.message) (line \(problem.line), column \(problem.column))"))
    }
}

/// Why a text is not read as an XML document.
public struct XMLRefusal: Error, Sendable, Hashable {
    /// Whether the text is wrong, or beyond what is read here.
    public enum Kind: Sendable, Hashable {
        /// It is no well-formed document, or declares entities.
        case malformed
        /// It may be one, and is too long, too deep, or needs more memory than there is.
        case limit
    }

    /// Whether the text is wrong, or beyond what is read here.
    public let kind: Kind
    /// What is wrong, without a full stop.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
