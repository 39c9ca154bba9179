internal import CLibCurl

extension HTTPError {
    /// The error of a transfer that failed.
    ///
    /// - Parameters:
    ///   - place: Scheme, host and port.
    ///   - detail: What libcurl says; it names hosts and certificates, never credentials.
    ///   - isConnected: Whether the connection stood, TLS included.
    init(
        _ status: CURLcode, at place: String, detail: String, isConnected: Bool,
        timeouts: HTTPRequest.Timeouts
    ) {
        if let problem = Self.proxyProblem(detail) {
            self = problem
            return
        }
        switch status {
        case CURLE_URL_MALFORMAT:
            self.init(.badURL, "the address can't be used")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self.init(.resolve, "the host of \(place) was not found: \(detail)")
        case CURLE_COULDNT_CONNECT:
            self.init(.connect, "there is no connection to \(place): \(detail)")
        case CURLE_OPERATION_TIMEDOUT where !isConnected:
            self.init(
                .connectTimeout,
                "there was no connection to \(place) within "
                    + Self.seconds(min(timeouts.connect, timeouts.total)))
        case CURLE_OPERATION_TIMEDOUT:
            self.init(
                .totalTimeout,
                "\(place) did not finish its response within \(Self.seconds(timeouts.total))")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_USE_SSL_FAILED:
            self.init(.tls, "TLS with \(place) failed: \(detail)")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2_STREAM:
            self.init(
                .brokenOff, "\(place) broke the connection off before the response was complete: \(detail)")
        // An unsupported protocol is what libcurl calls a response without a status line.
        case CURLE_HTTP2, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL:
            self.init(.malformed, "\(place) sent something that is no HTTP: \(detail)")
        default:
            self.init(.system, "the request to \(place) failed: \(detail)")
        }
    }

    /// The error for a proxy's address that libcurl can't read: it repeats the address, password and all.
    static func proxyProblem(_ detail: String) -> HTTPError? {
        guard detail.hasPrefix("Unsupported proxy") else { return nil }
        return HTTPError(
            .connect, "the address of the proxy can't be used: see HTTPS_PROXY, HTTP_PROXY and ALL_PROXY")
    }

    /// A number of seconds for messages.
    static func seconds(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}
