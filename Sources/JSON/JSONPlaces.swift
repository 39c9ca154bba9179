/// Where the values of a JSON text stand in it.
public enum JSONPlaces {
    /// A place in a text.
    public struct Place: Sendable, Hashable {
        /// The line, counted from 1.
        public let line: Int
        /// The column in Unicode scalars, counted from 1.
        public let column: Int
    }

    /// The places that pointers lead to: where a member's key begins, or an element, or the document.
    ///
    /// For a pointer that leads nowhere the place of the innermost value on its way. Takes time in proportion to the
    /// text and the pointers; a text that is no JSON has places up to the mistake.
    public static func find(_ pointers: [JSONPointer], in bytes: [UInt8]) -> [Place] {
        let offsets = bytes.withUnsafeBufferPointer { buffer in
            var finder = JSONPlaceFinder(buffer, count: pointers.count)
            finder.visit(JSONPointerTree(pointers), at: nil)
            return finder.offsets
        }
        var places = [Place](repeating: Place(line: 1, column: 1), count: pointers.count)
        var next = 0
        var line = 1
        var column = 1
        for (number, offset) in offsets.enumerated().sorted(by: { $0.element < $1.element }) {
            while next < offset {
                if bytes[next] == UInt8(ascii: "\n") {
                    line += 1
                    column = 1
                } else if bytes[next] & 0xC0 != 0x80 {
                    column += 1
                }
                next += 1
            }
            places[number] = Place(line: line, column: column)
        }
        return places
    }
}

/// One walk over a JSON text along a tree of pointers.
private struct JSONPlaceFinder {
    /// By pointer the byte at which its value, or the key before it, begins.
    private(set) var offsets: [Int]
    private let bytes: UnsafeBufferPointer<UInt8>
    private var scanner: JSONScanner
    private var isBroken = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, count: Int) {
        self.bytes = bytes
        offsets = Array(repeating: 0, count: count)
        scanner = JSONScanner(bytes, parser: JSONParser())
    }

    /// Notes the places of the pointers that lead to the next value or into it, and moves behind the value.
    ///
    /// - Parameters:
    ///   - start: The place of the value's key; the value's own without one.
    mutating func visit(_ tree: JSONPointerTree, at start: Int?) {
        scanner.skipSpace()
        let place = start ?? scanner.position
        // Those that lead further are overwritten when something is found there.
        for number in tree.numbers { offsets[number] = place }
        guard !tree.isLeaf, scanner.position < bytes.count else { return skipValue() }
        switch bytes[scanner.position] {
        case UInt8(ascii: "{"): members(tree)
        case UInt8(ascii: "["): elements(tree)
        default: skipValue()
        }
    }

    private mutating func members(_ tree: JSONPointerTree) {
        scanner.position += 1
        while !isBroken {
            scanner.skipSpace()
            let start = scanner.position
            // The end of an object is no key either.
            guard start < bytes.count, bytes[start] == UInt8(ascii: "\""),
                case .string(let key)? = try? scanner.value(depth: 0)
            else { break }
            scanner.skipSpace()
            scanner.position += 1
            if let inner = tree[key] { visit(inner, at: start) } else { skipValue() }
            moveOverComma()
        }
        scanner.position += 1
    }

    private mutating func elements(_ tree: JSONPointerTree) {
        scanner.position += 1
        var index = 0
        while !isBroken {
            scanner.skipSpace()
            guard scanner.position < bytes.count, bytes[scanner.position] != UInt8(ascii: "]") else { break }
            if let inner = tree[String(index)] { visit(inner, at: nil) } else { skipValue() }
            index += 1
            moveOverComma()
        }
        scanner.position += 1
    }

    private mutating func moveOverComma() {
        scanner.skipSpace()
        if scanner.position < bytes.count, bytes[scanner.position] == UInt8(ascii: ",") {
            scanner.position += 1
        }
    }

    private mutating func skipValue() {
        if (try? scanner.value(depth: 0)) == nil { isBroken = true }
    }
}
