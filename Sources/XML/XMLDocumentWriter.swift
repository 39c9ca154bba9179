import CLibXML2

/// Writes one XML document as a stream of UTF-8: well-formed whatever the texts hold, in constant memory.
///
/// Every mistake in the order of calls is an error, and `end()` closes what is open. A writer is used from
/// one task at a time.
public final class XMLDocumentWriter {
    private let writer: xmlTextWriterPtr
    private let output: XMLOutput
    /// The names of the open elements, outermost first.
    private var open: [String] = []
    /// The attributes of the start tag that is being written; nil outside of a start tag.
    private var attributes: Set<String>?
    private var hasRoot = false
    private var hasEnded = false

    /// Begins a document with its XML declaration; `output` is called with each chunk of some kilobytes.
    ///
    /// The bytes are valid during the call only.
    public init(output sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws(XMLWriteError) {
        XMLLibrary.prepare()
        output = XMLOutput(sink)
        guard let buffer = output.makeBuffer() else { throw .library("making the buffer") }
        guard let writer = xmlNewTextWriter(buffer) else {
            _ = xmlOutputBufferClose(buffer)
            throw .library("making the writer")
        }
        self.writer = writer
        try check(xmlTextWriterSetIndent(writer, 1), "setting the indentation")
        try check(xmlTextWriterSetIndentString(writer, "  "), "setting the indentation")
        try check(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil), "the XML declaration")
    }

    deinit {
        output.isOpen = false
        xmlFreeTextWriter(writer)
    }

    /// A whole document as a string, written by `body`.
    public static func string(
        _ body: (XMLDocumentWriter) throws(XMLWriteError) -> Void
    ) throws(XMLWriteError) -> String {
        var bytes: [UInt8] = []
        let writer = try XMLDocumentWriter { bytes.append(contentsOf: $0) }
        try body(writer)
        try writer.end()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Begins an element inside the one that is open.
    public func startElement(_ name: String) throws(XMLWriteError) {
        try checkName(name)
        guard !hasEnded else { throw .misplaced("the document has ended") }
        guard !(hasRoot && open.isEmpty) else { throw .misplaced("'\(name)' would be a second root element") }
        try check(xmlTextWriterStartElement(writer, name), "the start of '\(name)'")
        hasRoot = true
        open.append(name)
        attributes = []
    }

    /// Adds an attribute to the element just begun, before it has text or elements inside.
    public func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        try checkName(name)
        guard attributes != nil else { throw .misplaced("the attribute '\(name)' comes after the start tag") }
        guard attributes?.insert(name).inserted == true else { throw .repeatedAttribute(name) }
        try check(xmlTextWriterStartAttribute(writer, name), "the attribute '\(name)'")
        try raw(value, inAttribute: true)
        try check(xmlTextWriterEndAttribute(writer), "the attribute '\(name)'")
    }

    /// Adds text to the open element.
    public func text(_ text: String) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misplaced("text stands outside of the root element") }
        guard !text.isEmpty else { return }
        attributes = nil
        try raw(text, inAttribute: false)
    }

    /// Ends the innermost element.
    public func endElement() throws(XMLWriteError) {
        guard let name = open.popLast() else { throw .misplaced("there is no element to end") }
        attributes = nil
        try check(xmlTextWriterEndElement(writer), "the end of '\(name)'")
    }

    /// Ends all open elements and the document, and hands over the last bytes.
    ///
    /// Does nothing the second time.
    public func end() throws(XMLWriteError) {
        guard !hasEnded else { return }
        guard hasRoot else { throw .misplaced("the document has no root element") }
        while !open.isEmpty { try endElement() }
        hasEnded = true
        try check(xmlTextWriterEndDocument(writer), "the end of the document")
        try check(xmlTextWriterFlush(writer), "the end of the document")
    }

    /// Writes escaped text in pieces, so that memory does not grow with its length.
    private func raw(_ text: String, inAttribute: Bool) throws(XMLWriteError) {
        var piece: [UInt8] = []
        let limit = 32 * 1024
        for byte in XMLText.legal(text).utf8 {
            // Only between scalars: the library checks each piece by itself.
            if piece.count >= limit, byte & 0xC0 != 0x80 {
                try flush(&piece)
            }
            switch byte {
            case UInt8(ascii: "&"): piece.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): piece.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): piece.append(contentsOf: "&gt;".utf8)
            // A reader turns a bare CR into LF, and in attributes each of the three into a space.
            case 0xD: piece.append(contentsOf: "&#13;".utf8)
            case UInt8(ascii: "\"") where inAttribute: piece.append(contentsOf: "&quot;".utf8)
            case 0xA where inAttribute: piece.append(contentsOf: "&#10;".utf8)
            case 0x9 where inAttribute: piece.append(contentsOf: "&#9;".utf8)
            default: piece.append(byte)
            }
        }
        try flush(&piece)
    }

    private func flush(_ piece: inout [UInt8]) throws(XMLWriteError) {
        guard !piece.isEmpty else { return }
        let result = piece.withUnsafeBufferPointer { bytes in
            xmlTextWriterWriteRawLen(writer, bytes.baseAddress, Int32(clamping: bytes.count))
        }
        piece.removeAll(keepingCapacity: true)
        try check(result, "a text")
    }

    private func checkName(_ name: String) throws(XMLWriteError) {
        // The library reads names up to the first NUL.
        guard name.utf8.count <= 1024, !name.utf8.contains(0), xmlValidateName(name, 0) == 0 else {
            throw .badName(name)
        }
    }

    private func check(_ result: Int32, _ step: String) throws(XMLWriteError) {
        if let failure = output.failure { throw .output(failure) }
        guard result >= 0 else { throw .library(step) }
    }
}
