import Foundation

/// An HTTPS server on 127.0.0.1 whose certificate nobody has signed, where python3 and openssl are at hand.
final class TLSStub {
    /// The port.
    let port: Int
    /// The file with the certificate, for `SSL_CERT_FILE`.
    let certificate: String
    private let folder: String
    private let process = Process()
    private let input = Pipe()

    /// Whether a server can be started here.
    static let isAvailable =
        (try? ToolRun.shell("command -v python3 && command -v openssl && python3 -c 'import ssl'", in: "/"))?
        .exitCode == 0

    /// Starts a server that answers every request with a JSON text.
    init(answer: String) throws {
        folder = try TemporaryProject.makeFolder()
        certificate = folder + "/cert.pem"
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Servers/tls_stub.py").standardized.path
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, folder, answer]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            var text = ""
            while !text.hasSuffix("\n"), let piece = try output.fileHandleForReading.read(upToCount: 1) {
                text += String(decoding: piece, as: UTF8.self)
            }
            guard let port = Int(text.dropLast()) else { throw POSIXError(.ECONNREFUSED) }
            self.port = port
        } catch {
            TemporaryProject.remove(folder)
            throw error
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        TemporaryProject.remove(folder)
    }
}
