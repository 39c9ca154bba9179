import Diagnostics
import XML

/// Writes test suites and test cases in one dialect, all text made safe.
struct JUnitFile {
    private let writer: XMLDocumentWriter
    private let dialect: JUnitDialect

    /// Writes with a writer that nobody else uses.
    init(_ writer: XMLDocumentWriter, dialect: JUnitDialect) {
        self.writer = writer
        self.dialect = dialect
    }

    /// Begins `testsuites` or a `testsuite`.
    func begin(_ element: String, name: String, _ counts: JUnitCounts) throws(XMLWriteError) {
        try writer.startElement(element)
        try attribute("name", name)
        try attribute("tests", "\(counts.tests)")
        try attribute("failures", "\(counts.failures)")
        try attribute("errors", "\(counts.errors)")
        // The schema knows no such attribute of the root.
        if element == "testsuite" || dialect == .rich { try attribute("skipped", "\(counts.skipped)") }
        try attribute("time", JUnitText.seconds(counts.milliseconds))
    }

    /// Ends what was begun last.
    func end() throws(XMLWriteError) { try writer.endElement() }

    /// Ends the document.
    func finish() throws(XMLWriteError) {
        try writer.end()
    }

    /// Writes a test case.
    func write(_ item: JUnitCase) throws(XMLWriteError) {
        try writer.startElement("testcase")
        try attribute("classname", item.className)
        try attribute("name", item.name)
        try attribute("time", JUnitText.seconds(item.milliseconds))
        if dialect == .rich { try writeDetails(item) }
        switch item.verdict {
        case .passed: break
        case .failure(let type, let message): try write("failure", type, message, item.body)
        case .error(let type, let message): try write("error", type, message, item.body)
        case .skipped(let message): try write("skipped", nil, message, item.body)
        }
        if !item.output.isEmpty {
            try writer.startElement("system-out")
            try writer.text(JUnitText.body(item.output))
            try writer.endElement()
        }
        try writer.endElement()
    }

    private func writeDetails(_ item: JUnitCase) throws(XMLWriteError) {
        if let mark = item.mark, !mark.file.isEmpty {
            try attribute("file", mark.file)
            if mark.line > 0 { try attribute("line", "\(mark.line)") }
        }
        guard !item.properties.isEmpty else { return }
        try writer.startElement("properties")
        for property in item.properties {
            try writer.startElement("property")
            try attribute("name", property.name)
            try attribute("value", property.value)
            try writer.endElement()
        }
        try writer.endElement()
    }

    private func write(
        _ element: String, _ type: String?, _ message: String, _ body: String
    ) throws(XMLWriteError) {
        try writer.startElement(element)
        if let type { try attribute("type", type) }
        try attribute("message", message)
        if !body.isEmpty { try writer.text(JUnitText.body(body)) }
        try writer.endElement()
    }

    private func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        try writer.attribute(name, JUnitText.message(value))
    }
}
