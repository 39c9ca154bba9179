/// An exchange and where it is filed.
public struct RecordedExchange: Sendable, Hashable {
    /// The file, relative to the project.
    public var path: String
    /// The case it is filed under.
    public var caseID: String
    /// The exchange.
    public var exchange: Exchange

    /// The first 12 digits of the key, for lists.
    public var shortKey: String { String(exchange.requestSHA256.prefix(12)) }

    /// A hash that tells recordings apart in sets of many.
    var identity: UInt64 {
        Self.identity(path: path, caseID: caseID, key: exchange.requestSHA256)
    }

    /// The same from its parts.
    static func identity(path: String, caseID: String, key: String) -> UInt64 {
        PackIndex.hash("\(path)\u{0}\(caseID)\u{0}\(key)")
    }
}
