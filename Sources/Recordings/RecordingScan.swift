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
    }

    /// The finds of a file that are told; the rest is counted.
    private static let toldPerFile = 20

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
            var found = FileFinds(path: path)
            do throws(FileError) {
                if path.hasSuffix(".jsonl") {
                    try scanLines(of: place, &found)
                } else {
                    scan(try store.tree.read(place), &found)
                }
            } catch {
                body(error.diagnostic(at: SourceMark(file: path)))
            }
            outcome.files += 1
            outcome.secrets += found.secrets
            outcome.personalData += found.personalData
            for diagnostic in found.diagnostics { body(diagnostic) }
        }
        return outcome
    }

    private func scanLines(of place: ProjectPath, _ found: inout FileFinds) throws(FileError) {
        var lines = FileLines(try store.tree.stream(place))
        let parser = JSONParser()
        while let line = try lines.next() {
            if let json = try? parser.parse(bytes: line) {
                scan(json, line: lines.number, &found)
            } else {
                scan(String(decoding: line, as: UTF8.self), line: lines.number, &found)
            }
        }
    }

    /// The members that hold digests and times: nothing that someone wrote.
    private static let ownMembers: Set<String> = [
        "request_sha256", "sha256", "recorded_at", "evalrun_fixture",
    ]

    private func scan(_ value: JSONValue, line: Int, _ found: inout FileFinds) {
        switch value {
        case .null, .bool, .number: break
        case .string(let text): scan(text, line: line, &found)
        case .array(let elements): for element in elements { scan(element, line: line, &found) }
        case .object(let members):
            for (key, member) in members where !Self.ownMembers.contains(key) {
                scan(key, line: line, &found)
                scan(member, line: line, &found)
            }
        }
    }

    private func scan(_ bytes: [UInt8], _ found: inout FileFinds) {
        let reading = YAMLReader.parse(bytes, file: found.path)
        if let root = reading.root, !reading.diagnostics.contains(where: { $0.severity == .error }) {
            return scan(root, &found)
        }
        // What is no recording may hold a secret all the same.
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            scan(String(decoding: line, as: UTF8.self), line: index + 1, &found)
        }
    }

    private func scan(_ node: YAMLNode, _ found: inout FileFinds) {
        switch node.kind {
        case .sequence(let items): for item in items { scan(item, &found) }
        case .mapping(let entries):
            for entry in entries where !Self.ownMembers.contains(entry.keyText) {
                scan(entry.keyText, line: entry.keyMark.line, &found)
                scan(entry.value, &found)
            }
        case .scalar(let scalar):
            guard scalar.resolved == .string else { return }
            // The text of a literal block begins below its mark and has the lines of the file.
            let isBlock = scalar.style == .literal
            scan(scalar.text, line: node.mark.line + (isBlock ? 1 : 0), countsLines: isBlock, &found)
        }
    }

    private func scan(_ text: String, line: Int, countsLines: Bool = false, _ found: inout FileFinds) {
        var text = text
        let custom: [RedactionSpan]
        do throws(EvaluationError) {
            custom = try redactor.spans(in: &text, kinds: redactor.kinds, redactor.secrets).spans
        } catch {
            return found.add(
                Diagnostic(
                    "secret", error.message, at: SourceMark(file: found.path, line: line), hint: error.hint))
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
                found.add(
                    Diagnostic(
                        isSecret ? "secret" : "personal-data",
                        "\(SensitiveSearch.words(for: find.kind)) (\(Mask.text(of: find, in: bytes)))",
                        at: SourceMark(file: found.path, line: line + above),
                        severity: isSecret ? .error : .warning, showsSource: false))
            }
        }
    }

    /// What was found in one file.
    private struct FileFinds {
        let path: String
        var secrets = 0
        var personalData = 0
        private var told: [Diagnostic] = []

        init(path: String) { self.path = path }

        mutating func add(_ diagnostic: Diagnostic) {
            if diagnostic.severity == .error { secrets += 1 } else { personalData += 1 }
            if told.count < toldPerFile { told.append(diagnostic) }
        }

        /// Those that are told, and one that counts the rest.
        var diagnostics: [Diagnostic] {
            let rest = secrets + personalData - told.count
            guard rest > 0 else { return told }
            let untoldSecrets = secrets - told.count { $0.severity == .error }
            return told + [
                Diagnostic(
                    untoldSecrets > 0 ? "secret" : "personal-data",
                    "\(rest) more in this file, \(untoldSecrets) of them secrets", at: SourceMark(file: path),
                    severity: untoldSecrets > 0 ? .error : .warning)
            ]
        }
    }
}
