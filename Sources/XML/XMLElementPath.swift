import CLibXML2

/// The way to an element, `order.item.1.name`: names from the root down, a number chooses among siblings of one name.
///
/// Without a number any of the siblings will do. `@name` as the last step is an attribute. Names are those of the
/// text, prefix included.
public struct XMLElementPath: Sendable, Hashable {
    /// The path as written.
    public let source: String
    private let steps: [String]

    /// Reads a path; nil when it is empty or a step of it is.
    public init?(_ source: String) {
        steps = source.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        guard !steps.contains("") else { return nil }
        self.source = source
    }

    /// Whether the path leads somewhere in a document.
    func leadsSomewhere(in document: xmlDocPtr) -> Bool {
        guard let root = xmlDocGetRootElement(document), let first = steps.first else { return false }
        var found = Self.name(of: root) == first ? [root] : []
        for step in steps.dropFirst() {
            if step.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(step) {
                found = found.indices.contains(index) ? [found[index]] : []
            } else if step.utf8.first == UInt8(ascii: "@") {
                return step == steps.last && found.contains { Self.hasAttribute(step.dropFirst(), $0) }
            } else {
                found = found.flatMap { Self.children(of: $0, named: step) }
            }
            if found.isEmpty { return false }
        }
        return !found.isEmpty
    }

    private static func children(of node: xmlNodePtr, named name: String) -> [xmlNodePtr] {
        var children: [xmlNodePtr] = []
        var next = node.pointee.children
        while let child = next {
            if child.pointee.type == XML_ELEMENT_NODE, self.name(of: child) == name { children.append(child) }
            next = child.pointee.next
        }
        return children
    }

    private static func hasAttribute(_ name: Substring, _ node: xmlNodePtr) -> Bool {
        var next = node.pointee.properties
        while let attribute = next {
            let prefix = attribute.pointee.ns?.pointee.prefix.map { String(cString: $0) + ":" } ?? ""
            if prefix + (attribute.pointee.name.map { String(cString: $0) } ?? "") == name { return true }
            next = attribute.pointee.next
        }
        return false
    }

    private static func name(of node: xmlNodePtr) -> String {
        let prefix = node.pointee.ns?.pointee.prefix.map { String(cString: $0) + ":" } ?? ""
        return prefix + (node.pointee.name.map { String(cString: $0) } ?? "")
    }
}

extension XMLDocument {
    /// Whether a path leads to an element or attribute.
    public func has(_ path: XMLElementPath) -> Bool { path.leadsSomewhere(in: document) }
}
