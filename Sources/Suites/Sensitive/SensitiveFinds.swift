public import Diagnostics
import Secrets

/// Secrets and personal data in the files of a project.
public struct SensitiveFinds: Sendable {
    /// What was found, by file, line and column, as warnings; the first 20 of each file, and how many more there are.
    public var diagnostics: [Diagnostic] = []
    /// The number of secrets.
    public var secrets = 0
    /// The number of personal data.
    public var personalData = 0
    /// Whether some of them stand in values of the command line.
    private var areInValues = false

    /// Creates a list of nothing.
    public init() {}

    /// True when nothing was found.
    public var isEmpty: Bool { diagnostics.isEmpty }

    /// The same as errors that keep anything from being sent.
    public var refusal: [Diagnostic] {
        guard !isEmpty else { return [] }
        let errors = diagnostics.map { diagnostic in
            var error = diagnostic
            error.severity = .error
            return error
        }
        let what = [(secrets, "secret"), (personalData, "piece of personal data")].filter { $0.0 > 0 }.map {
            $0.0 == 1 ? "1 \($0.1)" : "\($0.0) \($0.1 == "secret" ? "secrets" : "pieces of personal data")"
        }
        return errors + [
            Diagnostic(
                "sensitive-data",
                "nothing was sent: the files\(areInValues ? " and values" : "") hold \(what.joined(separator: " and "))",
                hint: "take them out, or give --allow-sensitive when the models may get them")
        ]
    }
}

extension SensitiveFinds {
    /// Adds what was found elsewhere.
    public mutating func add(_ other: SensitiveFinds) {
        diagnostics += other.diagnostics
        secrets += other.secrets
        personalData += other.personalData
        areInValues = areInValues || other.areInValues
    }

    /// Adds a find in the value of a variable, which stands in no file.
    mutating func add(_ find: ShapeFind, in bytes: UnsafeBufferPointer<UInt8>, ofValue name: String) {
        areInValues = true
        if SensitiveSearch.isSecret(find.kind) { secrets += 1 } else { personalData += 1 }
        diagnostics.append(
            Diagnostic(
                SensitiveSearch.isSecret(find.kind) ? "secret" : "personal-data",
                "the value of '\(name)' holds \(SensitiveSearch.words(for: find.kind)) "
                    + "(\(Mask.text(of: find, in: bytes)))", severity: .warning, showsSource: false))
    }
}
