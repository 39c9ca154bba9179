import Crypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Signs requests for AWS: Signature Version 4 with a hash of the whole body.
///
/// libcurl signs the path as it is sent, while every AWS service but S3 wants it encoded a second time: the `%3A`
/// in a Bedrock model's id would make the signature wrong.
struct AWSSigning {
    private let signature: HTTPRequest.AWSSignature
    private let unixTime: Int

    /// Signs with credentials at a time in Unix seconds.
    init(_ signature: HTTPRequest.AWSSignature, unixTime: Int = time(nil)) {
        self.signature = signature
        self.unixTime = unixTime
    }

    /// The fields to add: `X-Amz-Date`, `X-Amz-Security-Token` where there is a token, and `Authorization`.
    func fields(
        method: String, url: String, headers: HeaderFields, body: [UInt8]
    ) throws(HTTPError) -> [HeaderFields.Field] {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let target = rest.dropFirst(host.count).prefix { $0 != "#" }
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1)
        guard !host.isEmpty, !host.contains("@") else {
            throw HTTPError(.badURL, "the address can't be signed")
        }
        let stamp = Self.stamp(unixTime)
        var added = [HeaderFields.Field(name: "X-Amz-Date", value: stamp)]
        if let token = signature.sessionToken {
            added.append(HeaderFields.Field(name: "X-Amz-Security-Token", value: token))
        }
        var signed = [("host", String(host))]
        for field in headers.fields + added where Self.isSigned(field.name.lowercased()) {
            signed.append((field.name.lowercased(), field.value))
        }
        signed.sort { $0.0 < $1.0 }
        let names = signed.map(\.0).joined(separator: ";")
        let canonical = [
            method, Self.encodedAgain(path.isEmpty ? "/" : path), Self.canonical(query: query),
            signed.map { "\($0.0):\($0.1)\n" }.joined(), names, Self.hex(SHA256.hash(data: body)),
        ].joined(separator: "\n")
        let day = String(stamp.prefix(8))
        let scope = "\(day)/\(signature.region)/\(signature.service)/aws4_request"
        let digest = Self.hex(SHA256.hash(data: Array(canonical.utf8)))
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(digest)"
        var key = Array("AWS4\(signature.secretKey)".utf8)
        for part in [day, signature.region, signature.service, "aws4_request"] {
            key = Self.code(part, key: key)
        }
        let value =
            "AWS4-HMAC-SHA256 Credential=\(signature.accessKey)/\(scope), SignedHeaders=\(names), "
            + "Signature=\(Self.hex(Self.code(text, key: key)))"
        return added + [HeaderFields.Field(name: "Authorization", value: value)]
    }

    private static func isSigned(_ name: String) -> Bool {
        name == "content-type" || name == "host" || name.hasPrefix("x-amz-")
    }

    private static func code(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The path, which is percent-encoded already, encoded once more but for its slashes.
    private static func encodedAgain(_ path: Substring) -> String {
        var result = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", "-", ".", "_", "~", "/":
                result.unicodeScalars.append(scalar)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }

    /// The parameters of the query, encoded already, in order of their names.
    private static func canonical(query: Substring) -> String {
        query.split(separator: "&").map { $0.contains("=") ? String($0) : "\($0)=" }.sorted()
            .joined(separator: "&")
    }

    /// A time as `YYYYMMDDTHHMMSSZ`, by the calendar of Howard Hinnant's `civil_from_days`.
    static func stamp(_ unixTime: Int) -> String {
        let days = Int((Double(unixTime) / 86_400).rounded(.down))
        let second = unixTime - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(year)\(two(month))\(two(day))T\(two(second / 3600))\(two(second / 60 % 60))\(two(second % 60))Z"
    }
}
