import Diagnostics

/// The text of one template file, able to tell the place of each of its bytes.
final class TemplateSource: Sendable {
    /// The text as UTF-8.
    let bytes: [UInt8]
    /// Where the text begins in its file.
    let origin: TemplateOrigin

    /// Keeps the text and its origin.
    init(_ text: String, origin: TemplateOrigin) {
        bytes = Array(text.utf8)
        self.origin = origin
        var places: [Place] = []
        var place = Place()
        var start = 0
        while start + Self.stride <= bytes.count {
            for byte in bytes[start..<start + Self.stride] { place.pass(byte) }
            places.append(place)
            start += Self.stride
        }
        self.places = places
    }

    /// A line and a column, counted from 0.
    private struct Place {
        var line = 0
        var column = 0

        mutating func pass(_ byte: UInt8) {
            if byte == 0x0A {
                line += 1
                column = 0
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }

    /// The places after each `stride` bytes: counting from the beginning for each name of a long template would
    /// take quadratic time.
    private let places: [Place]

    private static let stride = 512

    /// The line and column of a byte; an offset beyond the end stands for the end.
    func mark(at offset: Int) -> SourceMark {
        let end = min(max(offset, 0), bytes.count)
        let known = end / Self.stride
        var place = known == 0 ? Place() : places[known - 1]
        for byte in bytes[(known * Self.stride)..<end] { place.pass(byte) }
        let start = place.line == 0 ? origin.column : origin.indentation &+ 1
        return SourceMark(file: origin.file, line: origin.line &+ place.line, column: start &+ place.column)
    }

    /// A diagnostic at a byte of this text.
    func diagnostic(
        _ id: String, _ message: String, at offset: Int, hint: String? = nil, notes: [Diagnostic.Note] = []
    ) -> Diagnostic {
        Diagnostic(id, message, at: mark(at: offset), hint: hint, notes: notes)
    }
}
