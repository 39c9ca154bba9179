import Diagnostics

/// Which models of the work tree may be asked when only a commit's settings are trusted.
struct ModelTrust: Sendable {
    /// The commit as the command line names it.
    var label: String
    /// The providers that the commit has or uses: requests to them go where the commit says, or where evalrun itself does.
    var providers: Set<String>
    /// The aliases of the work tree that can't be used, and why.
    var refused: [String: String] = [:]

    /// Why a model that is written as `kind/model` can't be used; nil when it can.
    func complaint(about name: String, provider: String, at mark: SourceMark?) -> Diagnostic? {
        guard !providers.contains(provider) else { return nil }
        return Diagnostic(
            "untrusted-model", "'\(name)' can't be used: \(label) has no provider '\(provider)'", at: mark,
            hint: "its key would be used for the first time; let \(label) have the provider first")
    }

    /// Why an alias can't be used; nil when it can.
    func complaint(about alias: String, at mark: SourceMark?) -> Diagnostic? {
        guard let reason = refused[alias] else { return nil }
        return Diagnostic(
            "untrusted-model", "the model '\(alias)' can't be used: \(reason)", at: mark,
            hint: "let \(label) have the model first")
    }
}
