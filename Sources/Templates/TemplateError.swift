public import Diagnostics

/// What stopped a template while it was rendered, with its place.
public struct TemplateError: Error, Sendable, Hashable {
    /// The mistake: its mark is at the token in the template.
    public var diagnostic: Diagnostic

    /// Wraps a diagnostic.
    public init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
