import Diagnostics
import JSON
import YAML

/// Values of settings as the differences show them: short, and without secrets.
enum SettingText {
    /// The longest value that is shown, in characters.
    private static let limit = 100

    /// A value; `path` are the keys that lead to it.
    static func shown(_ node: YAMLNode, at path: [String]) -> String {
        if path.contains("headers") { return "[not shown]" }
        return shown(node.json, isAddress: path.last == "base_url")
    }

    /// A value that is no secret.
    static func shown(_ value: JSONValue, isAddress: Bool = false) -> String {
        var text = value.string ?? JSONWriter.compact.text(of: value)
        if isAddress { text = withoutPassword(text) }
        return text.isEmpty ? "''" : TerminalText.excerpt(text, limit: limit)
    }

    /// An address without what stands before `@` in its host and behind `?`.
    static func withoutPassword(_ address: String) -> String {
        var address = address
        if let query = address.firstIndex(of: "?") { address = address[..<query] + "?…" }
        guard let start = address.range(of: "://") else { return address }
        let rest = address[start...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
        guard let at = host.lastIndex(of: "@") else { return address }
        return address[..<start] + "…" + address[at...]
    }
}

extension String {
    /// The index behind the first occurrence of a text; nil when there is none.
    fileprivate func range(of text: String) -> Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
