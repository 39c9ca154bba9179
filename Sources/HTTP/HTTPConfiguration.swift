/// What all requests of an engine have in common.
public struct HTTPConfiguration: Sendable, Hashable {
    /// A file of certificates to trust instead of the system's, as `SSL_CERT_FILE` names it.
    public var certificateFile: String?
    /// A folder of certificates to trust, as `SSL_CERT_DIR` names it.
    public var certificateFolder: String?
    /// Sent as `User-Agent`.
    public var userAgent: String
    /// Open connections that are kept for later requests.
    public var keptConnections: Int

    /// Creates a configuration.
    public init(
        certificateFile: String? = nil, certificateFolder: String? = nil, userAgent: String = "evalrun",
        keptConnections: Int = 2048
    ) {
        self.certificateFile = certificateFile
        self.certificateFolder = certificateFolder
        self.userAgent = userAgent
        self.keptConnections = keptConnections
    }
}
