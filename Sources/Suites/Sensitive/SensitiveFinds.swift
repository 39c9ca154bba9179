public import Diagnostics

/// Secrets and personal data in the files of a project.
public struct SensitiveFinds: Sendable {
    /// What was found, by file, line and column, as warnings; the first 20 of each file, and how many more there are.
    public var diagnostics: [Diagnostic] = []
    /// The number of secrets.
    public var secrets = 0
    /// The number of personal data.
    public var personalData = 0

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
                "sensitive-data", "nothing was sent: the files hold \(what.joined(separator: " and "))",
                hint: "take them out, or give --allow-sensitive when the models may get them")
        ]
    }
}
