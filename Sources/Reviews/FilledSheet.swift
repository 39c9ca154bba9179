public import Diagnostics

/// A sheet that came back from a labeler, in whichever format.
public struct FilledSheet: Sendable {
    /// The file as shown to the user.
    public let file: String
    /// The hash of the results that it was made of; nil where the format has no place for it.
    public internal(set) var results: String?
    /// Who filled it in; nil when that does not stand in it.
    public internal(set) var labeler: String?
    /// Its items, those without a label included.
    public internal(set) var labels: [ReviewLabel] = []
    /// What is wrong with it, and warnings.
    public internal(set) var diagnostics: [Diagnostic] = []

    /// Reads a sheet, whose format is told by its first bytes; mistakes are in `diagnostics`.
    public init(_ bytes: [UInt8], file: String) {
        self.init(file: file)
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let first = content.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if first == UInt8(ascii: "{") {
            self = SavedLabels(Array(content)).sheet(file)
        } else if let separator = CSVLabels.separator(of: content) {
            self = CSVLabels(content, separator: separator).sheet(file)
        } else {
            self = MarkdownLabels(content).sheet(file)
        }
        if labels.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) {
            report(
                "not-a-sheet", "the file has no item of a sheet", line: 1,
                hint: "name a sheet that `evalrun review export` wrote, or the labels that its page saved")
        }
    }

    /// Begins a sheet without items.
    init(file: String) { self.file = file }

    /// Adds a mistake.
    mutating func report(
        _ id: String, _ message: String, line: Int, hint: String? = nil,
        severity: Diagnostic.Severity = .error
    ) {
        diagnostics.append(
            Diagnostic(id, message, at: mark(line: line), hint: hint, severity: severity))
    }

    /// A line of the file.
    func mark(line: Int) -> SourceMark { SourceMark(file: file, line: line, column: 1) }
}
