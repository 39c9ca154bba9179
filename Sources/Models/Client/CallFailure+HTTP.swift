import HTTP

extension CallFailure {
    /// The failure of a request that got no complete response; nil when it was cancelled.
    init?(_ error: HTTPError) {
        switch error.kind {
        case .cancelled: return nil
        case .connectTimeout, .firstByteTimeout, .totalTimeout: self.init(.timeout, error.message)
        case .resolve, .connect, .brokenOff: self.init(.connection, error.message)
        // Neither a certificate nor an endless body gets better by asking again.
        case .tls, .system: self.init(.connection, error.message, shouldRetry: false)
        case .tooLarge: self.init(.unreadable, error.message, shouldRetry: false)
        case .malformed: self.init(.unreadable, error.message)
        case .badURL: self.init(.rejected, error.message, hint: "correct base_url or headers in evalrun.yaml")
        }
    }
}
