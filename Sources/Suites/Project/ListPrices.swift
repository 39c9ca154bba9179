import JSON

extension Project {
    /// Whether the list prices of vendors hold for the models of a provider, when nobody says whose price they have.
    ///
    /// Not for models that run on machines of one's own: `ollama`, `exec`, `http`, and `openai-compatible` unless it
    /// is reached over https on another machine. An address from the environment is judged by its default; where
    /// that says nothing, the price is unknown rather than wrong.
    ///
    /// - Parameter baseURL: The address that the model has instead of the provider's.
    func hasListPrices(provider: String, baseURL: String? = nil) -> Bool {
        switch kind(ofProvider: provider) {
        case "ollama", "exec", "http": false
        case "openai-compatible":
            (baseURL ?? providers[provider]?["base_url"]?.string).map(Self.isElsewhere) ?? false
        default: true
        }
    }

    private static func isElsewhere(_ written: String) -> Bool {
        var url = Substring(written)
        if url.hasPrefix("${"), let close = url.firstIndex(of: "}") {
            let parts = url[..<close].split(separator: ":-", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return false }
            url = parts[1] + url[url.index(after: close)...]
        }
        guard url.lowercased().hasPrefix("https://") else { return false }
        let authority = url.dropFirst(8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        let isOwn =
            name.isEmpty || name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
            || name.hasPrefix("127.") || name == "0.0.0.0" || name.contains("$")
        return !isOwn
    }
}
