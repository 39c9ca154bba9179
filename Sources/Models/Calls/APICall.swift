public import HTTP
public import JSON

/// What is sent to an API for one request, without the credential.
public struct APICall: Sendable, Hashable {
    /// `POST`, unless an `http` model says otherwise.
    public var method: String
    /// What follows the base URL: empty, or a path that begins with `/`, with a query where needed.
    public var path: String
    /// The body.
    public var body: JSONValue
    /// Fields that the API wants beside the credential and `Content-Type: application/json`.
    public var headers: HeaderFields

    /// Creates a call.
    public init(
        method: String = "POST", path: String, body: JSONValue, headers: HeaderFields = [:]
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.headers = headers
    }
}
