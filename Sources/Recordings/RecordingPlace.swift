import Diagnostics
public import Evals

/// Where a recording stands: a path that follows from the call's place in the project.
///
/// Characters outside `[A-Za-z0-9._-]` become `_`, and so does a dot at either end. A case id that this changes,
/// that is longer than 100 bytes or that has a capital letter gets `-` and the first 8 hexadecimal digits of the
/// SHA-256 of the id. A capital letter counts because some file systems do not tell `A` from `a`, and because
/// the path of a recording must not depend on which other cases there are.
public struct RecordingPlace: Sendable, Hashable {
    /// The path relative to the project: `fixtures/SUITE/CASE/PROMPT.MODEL.yaml`, or
    /// `fixtures/SUITE/PROMPT.MODEL.jsonl` for rows of a dataset.
    public let path: String
    /// True for a pack.
    public let isPack: Bool

    /// The folder of all recordings, relative to the project.
    public static let folder = "fixtures"

    /// The suites that commands make up to ask judges, and that no file holds: their recordings are in no plan.
    static let commandSuites = ["judge-calibrate", "judge-probe"]

    /// Whether a recording belongs to a suite that a command makes up.
    static func isOfCommand(_ path: String) -> Bool {
        commandSuites.contains { path.hasPrefix("\(folder)/\($0)/") }
    }

    /// The place of a call's recording.
    public init(of site: CallSite) {
        let file = "\(Self.name(site.prompt)).\(Self.name(site.model))"
        let suite = "\(Self.folder)/\(Self.name(site.suite))"
        isPack = site.isDatasetRow
        path = isPack ? "\(suite)/\(file).jsonl" : "\(suite)/\(Self.caseName(site.caseID))/\(file).yaml"
    }

    /// The prompts on models, as `PROMPT on MODEL`, whose recordings would stand in the same file and overwrite
    /// each other: each with the first that has its file.
    public static func shared(_ sites: [(prompt: String, model: String)]) -> [(String, String)] {
        var first: [String: (prompt: String, model: String)] = [:]
        var found: [(String, String)] = []
        var seen: Set<[String]> = []
        for site in sites where seen.insert([site.prompt, site.model]).inserted {
            let file = "\(name(site.prompt)).\(name(site.model))"
            if let other = first[file] {
                found.append(("\(other.prompt) on \(other.model)", "\(site.prompt) on \(site.model)"))
            } else {
                first[file] = site
            }
        }
        return found
    }

    /// The error for a path that no project can have.
    static func unwritable(_ path: String) -> DiagnosticError {
        DiagnosticError(
            Diagnostic("file-error", "can't change the recording at '\(path)': this is no path of a project"))
    }

    /// The folder name of a case.
    static func caseName(_ id: String) -> String {
        let safe = safe(id)
        let hasCapital = id.utf8.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
        guard safe != id || hasCapital || safe.utf8.count > 100 else { return id }
        return suffixed(safe, limit: 100, hashOf: id)
    }

    /// The name of a suite, prompt or model in a path; cut and marked with its hash only when it is too long.
    static func name(_ text: String) -> String {
        let safe = safe(text)
        return safe.utf8.count > 110 ? suffixed(safe, limit: 100, hashOf: text) : safe
    }

    private static func suffixed(_ safe: String, limit: Int, hashOf text: String) -> String {
        "\(safe.prefix(limit))-\(RequestKey.sha256(of: Array(text.utf8)).prefix(8))"
    }

    /// The text in ASCII characters that any file system takes, never `.`, `..` or empty.
    private static func safe(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-": result.unicodeScalars.append(scalar)
            default: result += "_"
            }
        }
        if result.isEmpty { return "_" }
        if result.utf8.first == UInt8(ascii: ".") { result = "_" + result.dropFirst() }
        if result.utf8.last == UInt8(ascii: ".") { result = result.dropLast() + "_" }
        return result
    }
}
