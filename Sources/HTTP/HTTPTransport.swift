/// Something that carries requests: the engine, or a script in a test.
public protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the whole response, whatever its status; redirects are not followed.
    ///
    /// - Parameter receive: Gets the body of a 2xx response piece by piece, on the engine's own thread, instead of
    ///   `HTTPResponse.body`; it must be quick. The `Double` is the time in milliseconds since the request's start.
    func send(
        _ request: HTTPRequest, receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
    ) async throws(HTTPError) -> HTTPResponse
}

extension HTTPTransport {
    /// Sends a request and waits for the whole response, whatever its status; redirects are not followed.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try await send(request, receive: nil)
    }
}
