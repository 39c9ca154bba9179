/// Reads a possible key that begins at one place of a text.
struct KeyScan {
    /// The whole text in UTF-8.
    let bytes: UnsafeBufferPointer<UInt8>
    /// Where the key would begin.
    let start: Int

    /// Where a run of at least so many matching bytes behind the prefix ends; nil when it is not there.
    func end(after prefix: StaticString, atLeast count: Int, _ isPart: (UInt8) -> Bool) -> Int? {
        guard let body = skip(prefix, from: start) else { return nil }
        let end = endOfRun(from: body, isPart)
        return end - body >= count ? end : nil
    }

    /// The run of at least so many token bytes behind the prefix, and where it begins; nil when it is not there.
    func token(
        after prefix: StaticString, atLeast count: Int, _ runs: inout TokenRuns
    ) -> (body: Int, run: TokenRuns.Run)? {
        guard let body = skip(prefix, from: start) else { return nil }
        let run = runs.run(at: body)
        return run.range.upperBound - body >= count ? (body, run) : nil
    }

    /// True when a digit is among the bytes.
    func hasDigit(_ range: Range<Int>) -> Bool {
        bytes[range].contains { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// The end of `eyJ….eyJ….SIGNATURE`; the signature may be empty.
    func endOfJWT(_ runs: inout TokenRuns) -> Int? {
        guard let header = token(after: "eyJ", atLeast: 8, &runs)?.run.range.upperBound,
            let payload = skip(".eyJ", from: header)
        else { return nil }
        let payloadEnd = runs.run(at: payload).range.upperBound
        guard payloadEnd - payload >= 4, let signature = skip(".", from: payloadEnd) else { return nil }
        return runs.run(at: signature).range.upperBound
    }

    /// The end of a PEM block of a private key; without its last line all that follows belongs to it.
    func endOfPrivateKey() -> Int? {
        guard let label = skip("-----BEGIN ", from: start) else { return nil }
        let labelEnd = endOfRun(from: label) {
            $0 == 0x20 || KeyScan.isUpperOrDigit($0)
        }
        let text = String(decoding: bytes[label..<labelEnd], as: UTF8.self)
        guard text.hasSuffix("PRIVATE KEY") || text.hasSuffix("PRIVATE KEY BLOCK"),
            var position = skip("-----", from: labelEnd)
        else { return nil }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "-"), let end = skip("-----END ", from: position) {
                let lastEnd = endOfRun(from: end) { $0 == 0x20 || KeyScan.isUpperOrDigit($0) }
                return skip("-----", from: lastEnd) ?? lastEnd
            }
            position += 1
        }
        return bytes.count
    }

    /// The token behind `Bearer `, in any letter case: 16 bytes or more with a digit among them.
    func bearerToken() -> Range<Int>? {
        let word: StaticString = "bearer"
        guard start + 6 < bytes.count else { return nil }
        for index in 0..<6 where bytes[start + index] | 0x20 != word.utf8Start[index] { return nil }
        let token = endOfRun(from: start + 6) { $0 == 0x20 || $0 == 0x09 }
        guard token > start + 6 else { return nil }
        let end = endOfRun(from: token) { byte in
            Self.isToken(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "~")
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
        }
        guard end - token >= 16, hasDigit(token..<end) else { return nil }
        return token..<end
    }

    private func skip(_ text: StaticString, from position: Int) -> Int? {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return nil }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return nil }
        return position + count
    }

    private func endOfRun(from position: Int, _ isPart: (UInt8) -> Bool) -> Int {
        var end = position
        while end < bytes.count, isPart(bytes[end]) { end += 1 }
        return end
    }

    /// ASCII letters and digits.
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// The bytes of most keys: letters, digits, `-` and `_`.
    static func isToken(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// ASCII capitals and digits.
    static func isUpperOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }
}
