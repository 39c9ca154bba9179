public import Diagnostics
import Evals
import Files
import JSON
import Secrets
import YAML

/// Looks through all recordings for secrets and personal data: `fixtures scan`.
///
/// Secrets (shapes of keys, values of key variables, and whatever `redact:` replaces) are errors: they should have been
/// redacted. Other personal data are warnings. What is found is shown masked, never its line.
public struct RecordingScan {
    /// What a scan came to.
    public struct Outcome: Sendable, Hashable {
        /// The files looked through.
        public var files = 0
        /// The secrets found.
        public var secrets = 0
        /// The personal data found.
        public var personalData = 0
        /// The files that could not be read to their end.
        public var unreadable = 0
    }

    private let store: FixtureStore
    private let redactor: Redactor
    private let search: SensitiveSearch

    /// Creates a scan; `redactor` knows the project's patterns and the values of the key variables.
    public init(store: FixtureStore, redactor: Redactor) {
        self.store = store
        self.redactor = redactor
        search = SensitiveSearch(
            secrets: redactor.secrets, kinds: PersonalData.standard.union(redactor.kinds))
    }

    /// Calls the body with what is found, by file and line; a file that can't be read is an error among them.
    public func run(_ body: (Diagnostic) -> Void) throws(DiagnosticError) -> Outcome {
        var outcome = Outcome()
        for path in try store.files() {
            guard let place = ProjectPath(path) else { continue }
            var found = FirstDiagnostics(file: path, id: "more-finds")
            do throws(FileError) {
                if path.hasSuffix(".jsonl") {
                    try scanLines(of: place, path, &found)
                } else {
                    scan(try store.tree.read(place), path, &found)
                }
            } catch {
                outcome.unreadable += 1
                body(error.diagnostic(at: SourceMark(file: path)))
            }
            outcome.files += 1
            outcome.secrets += found.errors
            outcome.personalData += found.warnings
            for diagnostic in found.all { body(diagnostic) }
        }
        return outcome
    }

    private func scanLines(
        of place: ProjectPath, _ path: String, _ found: inout FirstDiagnostics
    ) throws(FileError) {
        var lines = FileLines(try store.tree.stream(place))
        let parser = JSONParser()
        while let line = try lines.next() {
            if let json = try? parser.parse(bytes: line) {
                scan(json, line: lines.number, path, &found)
            } else {
                scan(String(decoding: line, as: UTF8.self), line: lines.number, path, &found)
            }
        }
    }

    /// The members that hold digests and times: nothing that someone wrote.
    private static let ownMembers: Set<String> = [
        "request_sha256", "sha256", "recorded_at", "evalrun_fixture",
    ]

    private func scan(_ value: JSONValue, line: Int, _ path: String, _ found: inout FirstDiagnostics) {
        switch value {
        case .null, .bool, .number: break
        case .string(let text): scan(text, line: line, path, &found)
        case .array(let elements): for element in elements { scan(element, line: line, path, &found) }
        case .object(var members):
            if let response = members["response"]?.object,
                Self.isMeasurement(members["for"]?.string, response["content"]?.string)
            {
                var rest = response
                rest["content"] = nil
                members["response"] = .object(rest)
            }
            for (key, member) in members where !Self.ownMembers.contains(key) {
                scan(key, line: line, path, &found)
                scan(member, line: line, path, &found)
            }
        }
    }

    /// Whether the content of a response is numbers that were asked for.
    private static func isMeasurement(_ purpose: String?, _ content: String?) -> Bool {
        guard let purpose, let content else { return false }
        return Measurement.isOne(content, askedBy: purpose)
    }

    private func scan(_ bytes: [UInt8], _ path: String, _ found: inout FirstDiagnostics) {
        let reading = YAMLReader.parse(bytes, file: path)
        if let root = reading.root, !reading.diagnostics.contains(where: { $0.severity == .error }) {
            return scan(root, path, &found)
        }
        // What is no recording may hold a secret all the same.
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            scan(String(decoding: line, as: UTF8.self), line: index + 1, path, &found)
        }
    }

    private func scan(_ node: YAMLNode, _ path: String, _ found: inout FirstDiagnostics) {
        switch node.kind {
        case .sequence(let items): for item in items { scan(item, path, &found) }
        case .mapping(let entries):
            let response = node["response"]
            let isMeasured = Self.isMeasurement(
                node["for"]?.scalar?.text, response?["content"]?.scalar?.text)
            for entry in entries where !Self.ownMembers.contains(entry.keyText) {
                scan(entry.keyText, line: entry.keyMark.line, path, &found)
                if isMeasured, entry.keyText == "response", case .mapping(let parts) = entry.value.kind {
                    for part in parts where part.keyText != "content" {
                        scan(part.keyText, line: part.keyMark.line, path, &found)
                        scan(part.value, path, &found)
                    }
                } else {
                    scan(entry.value, path, &found)
                }
            }
        case .scalar(let scalar):
            guard scalar.resolved == .string else { return }
            // The text of a literal block begins below its mark and has the lines of the file.
            let isBlock = scalar.style == .literal
            scan(scalar.text, line: node.mark.line + (isBlock ? 1 : 0), countsLines: isBlock, path, &found)
        }
    }

    private func scan(
        _ text: String, line: Int, countsLines: Bool = false, _ path: String, _ found: inout FirstDiagnostics
    ) {
        var text = text
        let custom: [RedactionSpan]
        do throws(EvaluationError) {
            custom = try redactor.spans(in: &text, kinds: redactor.kinds, redactor.secrets).spans
        } catch {
            return found.add(.error) {
                Diagnostic("secret", error.message, at: SourceMark(file: path, line: line), hint: error.hint)
            }
        }
        text.withUTF8 { bytes in
            var finds = custom.map { ShapeFind(range: $0.range, kind: $0.kind) }
            for find in search.finds(in: bytes)
            where !finds.contains(where: { $0.range.overlaps(find.range) }) {
                finds.append(find)
            }
            for find in finds.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
                let above = countsLines ? bytes[..<find.range.lowerBound].count { $0 == 0x0A } : 0
                let isSecret =
                    SensitiveSearch.isSecret(find.kind)
                    || PersonalData(rawValue: find.kind).map(redactor.kinds.contains) ?? false
                let severity: Diagnostic.Severity = isSecret ? .error : .warning
                found.add(severity) {
                    Diagnostic(
                        isSecret ? "secret" : "personal-data",
                        "\(SensitiveSearch.words(for: find.kind)) (\(Mask.text(of: find, in: bytes)))",
                        at: SourceMark(file: path, line: line + above), severity: severity, showsSource: false
                    )
                }
            }
        }
    }
}
