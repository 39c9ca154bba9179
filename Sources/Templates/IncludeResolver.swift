import Diagnostics

/// Loads and parses included files, each once.
final class IncludeResolver {
    private let loader: any PartialLoader
    private var parsed: [String: ParsedTemplate] = [:]
    private var count = 0

    /// Creates a resolver for one template.
    init(_ loader: any PartialLoader) { self.loader = loader }

    /// The partial at `path`, written at `offset` of `source`; `chain` are the files on the way to it.
    func load(
        _ path: String, at offset: Int, in source: TemplateSource, chain: [String]
    ) throws(DiagnosticError) -> ParsedTemplate {
        let text: String
        let name: String
        do {
            (name, text) = try loader.load(path, from: source.origin.file)
        } catch {
            // A loader knows the file, not the place of the tag.
            let mark = source.mark(at: offset)
            throw DiagnosticError(
                error.diagnostics.map { diagnostic in
                    var placed = diagnostic
                    if placed.mark == nil { placed.mark = mark }
                    return placed
                })
        }
        if let index = chain.firstIndex(of: name) {
            let cycle = (chain[index...] + [name]).joined(separator: " → ")
            throw DiagnosticError(
                source.diagnostic(
                    "include-cycle", "'\(path)' includes itself: \(cycle)", at: offset,
                    hint: "take one of these includes out"))
        }
        if let known = parsed[name] { return known }
        count += 1
        guard chain.count < TemplateLimits.includeDepth, count <= TemplateLimits.includedFiles else {
            throw DiagnosticError(
                source.diagnostic(
                    "include-depth",
                    "includes go deeper than \(TemplateLimits.includeDepth) files, or take in more than "
                        + "\(TemplateLimits.includedFiles)", at: offset, hint: "include fewer files"))
        }
        let partial = try TemplateParser.parse(
            TemplateSource(text, origin: TemplateOrigin(file: name)), includes: self, chain: chain + [name])
        parsed[name] = partial
        return partial
    }
}
