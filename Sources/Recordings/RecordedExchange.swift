import Evals

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

    /// A hash of the answer that the exchange is, or is about: its place, step and sample.
    var subject: UInt64 {
        Self.subject(path: path, caseID: caseID, step: exchange.step, sample: exchange.sample)
    }

    /// The same of an answer's request.
    static func subject(of request: ModelRequest) -> UInt64 {
        let (site, path) = (request.site, RecordingPlace(of: request.site).path)
        return subject(path: path, caseID: site.caseID, step: site.step, sample: request.sample)
    }

    private static func subject(path: String, caseID: String, step: Int, sample: Int) -> UInt64 {
        PackIndex.hash("\(path)\u{0}\(caseID)\u{0}\(step) \(sample)")
    }

    /// The identity from its parts.
    static func identity(path: String, caseID: String, key: String) -> UInt64 {
        PackIndex.hash("\(path)\u{0}\(caseID)\u{0}\(key)")
    }
}
