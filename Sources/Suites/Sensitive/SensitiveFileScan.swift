import Diagnostics
import Files
import Secrets

/// Looks through a file of any size, line by line, for secrets and personal data.
struct SensitiveFileScan {
    /// What to look for.
    let search: SensitiveSearch
    /// The file as it is shown.
    let shown: String

    /// A line beyond this is looked through in pieces: a dataset with such a row is refused anyway.
    private static let longestLine = 16 << 20

    /// What is found in a file.
    struct Outcome {
        /// All of it, as warnings.
        var found: FirstDiagnostics
        /// How many of them are secrets.
        var secrets = 0
    }

    /// What is found in the bytes of a stream; nothing in images and other files that are no text.
    func finds(in stream: ByteStream) throws(FileError) -> Outcome {
        var found = Outcome(found: FirstDiagnostics(file: shown, id: "more-finds"))
        var buffer: [UInt8] = []
        var line = 1
        while let piece = try stream.next() {
            if line == 1, buffer.isEmpty, piece.contains(0) { return found }
            buffer += piece
            // Only what is new can hold the end of a line.
            let end = piece.lastIndex(of: 0x0A).map { buffer.count - piece.count + $0 + 1 }
            guard let end = end ?? (buffer.count > Self.longestLine ? buffer.count : nil) else { continue }
            line = scan(&buffer, upTo: end, line: line, &found)
            buffer.removeFirst(end)
        }
        _ = scan(&buffer, upTo: buffer.count, line: line, &found)
        return found
    }

    /// Looks through whole lines; returns the number of the line that follows.
    private func scan(
        _ buffer: inout [UInt8], upTo end: Int, line first: Int, _ found: inout Outcome
    ) -> Int {
        if mayHaveEscapes { Self.blankEscapes(in: &buffer, upTo: end) }
        return buffer.withUnsafeBufferPointer { bytes in
            var line = first
            // A byte order mark is no part of the first word.
            var start = first == 1 && bytes[..<end].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < end {
                let stop = bytes[start..<end].firstIndex(of: 0x0A)
                let text = UnsafeBufferPointer(rebasing: bytes[start..<(stop ?? end)])
                for find in search.finds(in: text) { report(find, in: text, line: line, &found) }
                guard let stop else { break }
                line += 1
                start = stop + 1
            }
            return line
        }
    }

    private func report(
        _ find: ShapeFind, in text: UnsafeBufferPointer<UInt8>, line: Int, _ outcome: inout Outcome
    ) {
        let isSecret = SensitiveSearch.isSecret(find.kind)
        let hint = outcome.found.isEmpty ? Self.hint(for: find) : nil
        if isSecret { outcome.secrets += 1 }
        outcome.found.add(.warning) {
            // Columns are counted in Unicode scalars.
            let column = text[..<find.range.lowerBound].count { $0 & 0xC0 != 0x80 } + 1
            return Diagnostic(
                isSecret ? "secret" : "personal-data",
                "\(SensitiveSearch.words(for: find.kind)) (\(Mask.text(of: find, in: text)))",
                at: SourceMark(file: shown, line: line, column: column), hint: hint, severity: .warning,
                showsSource: false)
        }
    }

    private static func hint(for find: ShapeFind) -> String {
        SensitiveSearch.isSecret(find.kind)
            ? "take it out, and replace it: who reads the file can use it"
            : "invented data serve as well, such as ann@example.com; live runs send this only with --allow-sensitive"
    }

    /// True for files whose texts may have escapes such as `\n`, which would hide where a word begins.
    private var mayHaveEscapes: Bool {
        [".json", ".jsonl", ".ndjson", ".yaml", ".yml"].contains { shown.hasSuffix($0) }
    }

    /// Puts spaces in place of escapes, so that all else stays where it is.
    static func blankEscapes(in bytes: inout [UInt8], upTo end: Int) {
        guard var position = bytes[..<end].firstIndex(of: UInt8(ascii: "\\")) else { return }
        while position + 1 < end {
            guard bytes[position] == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            switch bytes[position + 1] {
            case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "b"),
                UInt8(ascii: "f"):
                bytes[position] = 0x20
                bytes[position + 1] = 0x20
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes[position] = 0x20
            default: break
            }
            position += 2
        }
    }
}
