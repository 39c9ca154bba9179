public import Diagnostics

/// A report that the user asks for: `KIND` for standard output, or `KIND=PATH`.
public struct ReportRequest: Sendable, Hashable {
    /// Kinds that are named in the documentation and cannot be written yet.
    public static let plannedKinds = [
        "ndjson", "csv", "markdown", "html", "github", "gitlab", "sarif", "prometheus", "otlp",
    ]

    /// The form.
    public var kind: ReportKind
    /// Where to write it; nil: standard output.
    public var path: String?

    /// Creates a request.
    public init(kind: ReportKind, path: String? = nil) {
        self.kind = kind
        self.path = path
    }

    /// Reads the value of `--report`; throws the diagnostic `unknown-report` or `report-path`.
    public init(parsing text: String) throws(DiagnosticError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let name = parts.first ?? ""
        guard let kind = ReportKind(rawValue: name) else { throw Self.unknown(name) }
        guard parts.count == 1 || !parts[1].isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "report-path", "the report '\(name)' has an empty path after '='",
                    hint: "write \(name)=PATH for a file, or \(name) for standard output"))
        }
        self.init(kind: kind, path: parts.count == 1 || parts[1] == "-" ? nil : parts[1])
    }

    /// All requests, with every mistake in one go; two reports cannot go to the same place.
    public static func parse(_ texts: [String]) throws(DiagnosticError) -> [ReportRequest] {
        var bag = DiagnosticBag()
        var requests: [ReportRequest] = []
        for text in texts {
            do throws(DiagnosticError) {
                let request = try ReportRequest(parsing: text)
                if requests.contains(where: { $0.path == request.path }) {
                    let place = request.path.map { "'\($0)'" } ?? "standard output"
                    bag.add(
                        Diagnostic(
                            "report-path", "two reports would be written to \(place)",
                            hint: "give each report a path of its own: \(request.kind.rawValue)=PATH"))
                }
                requests.append(request)
            } catch {
                bag.add(contentsOf: error.diagnostics)
            }
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.diagnostics) }
        return requests
    }

    private static func unknown(_ name: String) -> DiagnosticError {
        let available = ReportKind.allCases.map(\.rawValue)
        if plannedKinds.contains(name) {
            return DiagnosticError(
                Diagnostic(
                    "unknown-report", "the report '\(name)' is not available yet",
                    hint: "available now: \(available.joined(separator: ", "))"))
        }
        let nearest = Spelling.nearest(to: name, among: available)
        return DiagnosticError(
            Diagnostic(
                "unknown-report", "unknown report '\(name)'",
                hint: nearest.map { "did you mean '\($0)'?" }
                    ?? "available now: \(available.joined(separator: ", "))"))
    }
}
