/// One request as it came in.
public struct StubRequest: Sendable {
    /// The method, such as `POST`.
    public var method: String
    /// The path with its query, as it was sent.
    public var path: String
    /// The header fields in their order, with the values trimmed.
    public var headers: [(name: String, value: String)]
    /// The body, without the framing of chunks.
    public var body: [UInt8]
    /// How many requests the server has had, this one included: from 1.
    public var number: Int
    /// Which connection it came over: from 1, in the order of acceptance.
    public var connection: Int

    /// The value of the first header field with a name, whatever its capitals.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
