/// Tells where an object or list ends, by JSON's grammar alone and without making values.
struct JSONRecognizer {
    /// What became of it.
    enum Outcome {
        /// It is complete, and ends before `position`.
        case complete
        /// At `position` it stops being JSON, or the text ends.
        case failed
        /// At `position` it nests deeper than is read.
        case tooDeep
    }

    private enum Expectation {
        case value, valueOrEnd, key, keyOrEnd, commaOrEnd
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    /// The next byte to read.
    private(set) var position: Int
    /// Where the objects and lists begin that are not finished, outermost first.
    private(set) var openStarts: [Int] = []

    /// Prepares to read what begins with a bracket at a place.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        position = start
    }

    /// Reads up to the end, or up to where it fails.
    mutating func run() -> Outcome {
        var expectation = Expectation.value
        while true {
            skipSpace()
            guard position < bytes.count else { return .failed }
            let byte = bytes[position]
            switch (expectation, byte) {
            case (.value, UInt8(ascii: "{")), (.valueOrEnd, UInt8(ascii: "{")),
                (.value, UInt8(ascii: "[")), (.valueOrEnd, UInt8(ascii: "[")):
                guard openStarts.count < maximumDepth else { return .tooDeep }
                openStarts.append(position)
                position += 1
                expectation = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
                continue
            case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): close()
            case (.commaOrEnd, UInt8(ascii: ",")):
                position += 1
                expectation = isInObject ? .key : .value
                continue
            case (.commaOrEnd, UInt8(ascii: "]")) where !isInObject: close()
            case (.commaOrEnd, UInt8(ascii: "}")) where isInObject: close()
            case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")):
                guard skipString() else { return .failed }
                skipSpace()
                guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return .failed }
                position += 1
                expectation = .value
                continue
            case (.value, _), (.valueOrEnd, _): guard skipScalar() else { return .failed }
            default: return .failed
            }
            if openStarts.isEmpty { return .complete }
            expectation = .commaOrEnd
        }
    }

    private var isInObject: Bool { openStarts.last.map { bytes[$0] == UInt8(ascii: "{") } ?? false }

    private mutating func close() {
        openStarts.removeLast()
        position += 1
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func skipScalar() -> Bool {
        switch bytes[position] {
        case UInt8(ascii: "\""): return skipString()
        case UInt8(ascii: "t"): return skip("true")
        case UInt8(ascii: "f"): return skip("false")
        case UInt8(ascii: "n"): return skip("null")
        default: return skipNumber()
        }
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[index] else { return false }
            position += 1
        }
        return true
    }

    private mutating func skipNumber() -> Bool {
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            guard skipDigits() else { return false }
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() else { return false }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            guard skipDigits() else { return false }
        }
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position > start
    }

    private mutating func skipString() -> Bool {
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return true
            case UInt8(ascii: "\\"):
                guard position + 1 < bytes.count else { return false }
                switch bytes[position + 1] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
                    UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                    position += 2
                case UInt8(ascii: "u"):
                    guard position + 6 <= bytes.count,
                        bytes[position + 2..<position + 6].allSatisfy(Self.isHexDigit)
                    else { return false }
                    position += 6
                default: return false
                }
            case 0..<0x20: return false
            default: position += 1
            }
        }
        return false
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
