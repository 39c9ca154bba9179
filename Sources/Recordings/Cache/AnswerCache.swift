public import Diagnostics
import Evals
import Files
import JSON

/// Answers kept across runs and projects in a folder of the user's: one file for each request and sample.
///
/// `DIR/ab/cdef…-ROUTE.json` is named after the key of the redacted request, which the number of the sample is a part
/// of, and the route to the model, since two servers may call different models by the same id.
/// Files appear whole, so that several processes may share a folder. Nothing is ever removed.
public struct AnswerCache: Sendable {
    /// What became of a look-up.
    enum Finding {
        /// The answer to the request.
        case found(Exchange)
        /// There is none.
        case missing
        /// There is a file at this path, and it has no answer to the request.
        case damaged(path: String)
    }

    /// The version of the format that is written and read.
    private static let version = 1
    /// The folder as it was given.
    private let folder: String

    /// Uses a folder, absolute or relative to the current one, which is made where it is missing.
    ///
    /// The error `cache-folder` says why there can be none.
    public init(folder: String) throws(DiagnosticError) {
        do throws(FileError) {
            try FolderCreation.create(folder)
        } catch {
            throw DiagnosticError(
                Diagnostic(
                    "cache-folder",
                    "'\(TerminalText.excerpt(folder, limit: 120))' can't be a cache: \(error.reason)",
                    hint: "name a folder, or a path at which one can be made"))
        }
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        self.folder = folder
    }

    /// The file of a key, for the answers of one route; the empty route is that of the model's id alone.
    func path(ofKey key: String, route: String) -> String {
        let suffix = route.isEmpty ? "" : "-" + ContentHash.sha256Hex(Array(route.utf8)).prefix(16)
        return "\(folder == "/" ? "" : folder)/\(key.prefix(2))/\(key.dropFirst(2))\(suffix).json"
    }

    /// Looks an answer up; an answer to anything but exactly this request counts as damage.
    func find(_ request: KeyedRequest, route: String = "") -> Finding {
        let path = path(ofKey: request.key, route: route)
        let line: [UInt8]
        do throws(FileError) {
            var lines = FileLines(try ByteStream(openingAbsolute: path), limit: CheckedLine.longest)
            guard let first = try lines.next(), try lines.next() == nil else { return .damaged(path: path) }
            line = first
        } catch {
            return error.kind == .missing ? .missing : .damaged(path: path)
        }
        guard let (key, members) = CheckedLine.read(line), key == request.key,
            members["evalrun_cache"]?.integer == Self.version,
            let exchange = try? Exchange(withoutKey: members["exchange"] ?? .null, key: key),
            exchange.shows(request.redacted.json, sample: request.redacted.sample)
        else { return .damaged(path: path) }
        return .found(exchange)
    }

    /// Keeps an answer, in place of any other to the request.
    func store(_ exchange: Exchange, route: String = "") throws(FileError) {
        let bytes = CheckedLine.bytes(
            key: exchange.requestSHA256,
            members: [
                "evalrun_cache": .integer(Self.version), "exchange": .object(exchange.jsonWithoutKey),
            ])
        // After a power cut a file may be damaged. That is found out, and costs a call; waiting for the disk at every
        // answer would cost more.
        try WholeFile.write(
            bytes, to: path(ofKey: exchange.requestSHA256, route: route), makingFolders: true,
            isDurable: false)
    }
}
