/// A path inside a project: relative to its root, `/`-separated, without `.`, `..` and empty parts.
///
/// The root itself is the empty path. Paths are equal only byte for byte, and are ordered by bytes.
public struct ProjectPath: Sendable {
    /// The path as shown to users; empty for the root.
    public let text: String

    /// The project's root.
    public static let root = ProjectPath(unchecked: "")

    /// Normalizes a relative path; nil when it is absolute, leads above the root, or has a NUL.
    public init?(_ text: String) {
        guard let path = ProjectPath.root.appending(text) else { return nil }
        self = path
    }

    /// Wraps a path that is normal already.
    init(unchecked text: String) {
        self.text = text
    }

    /// The parts between the slashes.
    public var components: [Substring] {
        text.split(separator: "/")
    }

    /// The last part; empty for the root.
    public var name: String {
        components.last.map(String.init) ?? ""
    }

    /// The folder that it is in; the root is its own.
    public var folder: ProjectPath {
        ProjectPath(unchecked: components.dropLast().joined(separator: "/"))
    }

    /// A path relative to this folder; nil when it is absolute, leads above the root, or has a NUL.
    public func appending(_ relative: String) -> ProjectPath? {
        guard !relative.utf8.contains(0), relative.utf8.first != UInt8(ascii: "/") else { return nil }
        var parts = components
        for part in relative.utf8.split(separator: UInt8(ascii: "/")) {
            switch Substring(part) {
            case ".": continue
            case "..":
                guard parts.popLast() != nil else { return nil }
            case let name: parts.append(name)
            }
        }
        return ProjectPath(unchecked: parts.joined(separator: "/"))
    }

    /// True when it is this folder or lies below it.
    public func contains(_ other: ProjectPath) -> Bool {
        guard !text.isEmpty else { return true }
        guard other.text.utf8.starts(with: text.utf8) else { return false }
        let rest = other.text.utf8.dropFirst(text.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }

    /// True for a folder or file that a search passes over: hidden, or the folder of another tool.
    static func isSkipped(_ name: some StringProtocol) -> Bool {
        name.utf8.first == UInt8(ascii: ".") || name == "node_modules"
    }
}

extension ProjectPath: Hashable, Comparable, CustomStringConvertible {
    /// Equal byte for byte: names on disk may differ in Unicode normalization alone.
    public static func == (left: ProjectPath, right: ProjectPath) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    /// Orders by bytes.
    public static func < (left: ProjectPath, right: ProjectPath) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// The path, or `.` for the root.
    public var description: String {
        text.isEmpty ? "." : text
    }
}
