public import Diagnostics

/// Finds the text of an included file; this module itself never touches files.
public protocol PartialLoader: Sendable {
    /// The text of the partial written as `path` in the file `including`.
    ///
    /// `name` is the file as shown in diagnostics; the same file must always get the same name, since cycles are
    /// found by it.
    func load(_ path: String, from including: String) throws(DiagnosticError) -> (
        name: String, source: String
    )
}

/// The loader of places where nothing can be included.
public struct NoPartials: PartialLoader {
    /// Creates the loader.
    public init() {}

    /// Always fails.
    public func load(
        _ path: String, from including: String
    ) throws(DiagnosticError) -> (name: String, source: String) {
        throw DiagnosticError(
            Diagnostic(
                "include-unavailable", "'\(path)' can't be included here",
                hint: "write the text out, or move the template to a file of its own"))
    }
}
