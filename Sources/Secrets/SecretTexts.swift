/// Secrets that are known letter by letter: the values of key variables.
public struct SecretTexts: Sendable {
    /// What is shorter would be found in harmless texts.
    private static let shortest = 12

    private let secrets: [[UInt8]]

    /// Keeps the texts that are long enough, white space at their ends left out.
    public init(_ texts: [String]) {
        var kept: Set<[UInt8]> = []
        for text in texts {
            let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
            var bytes = Array(text.utf8.drop(while: isSpace))
            while let last = bytes.last, isSpace(last) { bytes.removeLast() }
            if bytes.count >= Self.shortest { kept.insert(bytes) }
        }
        secrets = kept.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// True without secrets.
    public var isEmpty: Bool { secrets.isEmpty }

    /// The places of all secrets in a text, of the kind `key`.
    public func finds(in bytes: UnsafeBufferPointer<UInt8>) -> [KeyShape.Find] {
        var finds: [KeyShape.Find] = []
        for secret in secrets {
            var start = 0
            while start + secret.count <= bytes.count {
                guard bytes[start] == secret[0], bytes[start..<start + secret.count].elementsEqual(secret)
                else {
                    start += 1
                    continue
                }
                finds.append(KeyShape.Find(range: start..<start + secret.count, kind: "key"))
                start += secret.count
            }
        }
        return finds
    }
}
