public import Diagnostics

/// A value of a YAML file that knows where it was written; aliases are expanded, merges applied.
public struct YAMLNode: Sendable {
    /// The three shapes of a value.
    public enum Kind: Sendable {
        /// Text, or what it stands for.
        case scalar(YAMLScalar)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in the order written.
        case mapping([YAMLEntry])
    }

    /// What the value is.
    public let kind: Kind
    /// Where the value begins; for a value swallowed by a comment, the `#`.
    public let mark: SourceMark

    /// Creates a node.
    public init(_ kind: Kind, at mark: SourceMark) {
        self.kind = kind
        self.mark = mark
    }

    /// The scalar, if it is one.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = kind { scalar } else { nil }
    }

    /// The items, if it is a sequence.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = kind { items } else { nil }
    }

    /// The entries, if it is a mapping.
    public var entries: [YAMLEntry]? {
        if case .mapping(let entries) = kind { entries } else { nil }
    }

    /// The value of a key; nil when this is no mapping or lacks the key.
    public subscript(key: String) -> YAMLNode? {
        entries?.first { $0.keyText.utf8.elementsEqual(key.utf8) }?.value
    }

    /// True for a null, written or left out.
    public var isNull: Bool {
        scalar?.resolved == .null
    }
}

/// A key with its value.
public struct YAMLEntry: Sendable {
    /// The key as text: `1`, `true` and `~` are keys by their spelling.
    public let keyText: String
    /// Where the key begins.
    public let keyMark: SourceMark
    /// What the key stands for.
    public let value: YAMLNode

    /// Creates an entry.
    public init(keyText: String, keyMark: SourceMark, value: YAMLNode) {
        self.keyText = keyText
        self.keyMark = keyMark
        self.value = value
    }
}
