/// How a suite names a prompt: `name`, `name@3`, `name@all` or `name@git:REF`.
struct PromptReference: Hashable {
    /// Which version is meant.
    enum Version: Hashable {
        /// The highest.
        case latest
        /// A certain one.
        case exact(String)
        /// All of them.
        case all
        /// The one of a commit.
        case git(String)
    }

    /// The prompt's name.
    var name: String
    /// Which version.
    var version: Version
    /// The reference as written.
    var written: String

    /// Reads a reference; nil when it is none.
    init?(_ text: String) {
        written = text
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let first = parts.first, Shape.isName(first) else { return nil }
        name = first
        guard parts.count > 1 else {
            version = .latest
            return
        }
        let rest = parts[1]
        if rest == "all" {
            version = .all
        } else if rest.hasPrefix("git:") {
            guard rest.utf8.count > 4 else { return nil }
            version = .git(String(rest.dropFirst(4)))
        } else {
            guard Shape.isName(rest) else { return nil }
            version = .exact(rest)
        }
    }
}
