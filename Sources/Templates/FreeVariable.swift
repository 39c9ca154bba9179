public import Diagnostics

/// A name that a template takes from its context.
public struct FreeVariable: Sendable, Hashable {
    /// The name.
    public var name: String
    /// Its first use, or its first use that needs a value when there is one.
    public var mark: SourceMark
    /// True when the template can be rendered without it: each use asks `is defined`, has a `default`, or may come
    /// after a `set` of the same name.
    public var isOptional: Bool
}
