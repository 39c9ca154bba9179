/// Why a request to a provider brought no reply: what the retry policy, the limits and the breaker decide by.
public struct CallFailure: Error, Sendable, Hashable {
    /// What kind of trouble.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Too many requests or tokens (429).
        case rateLimited
        /// The provider's own trouble (408, 409, 5xx, 529).
        case unavailable
        /// No connection, or it broke off.
        case connection
        /// Time ran out.
        case timeout
        /// A response with a good status that can't be read: HTML, truncated JSON, no answer in it.
        case unreadable
        /// The key is missing, wrong or not allowed (401, 403).
        case authentication
        /// The account has no money or quota left: waiting does not help.
        case quota
        /// A parameter or value that the model does not take.
        case unsupported
        /// Any other refusal of the request (400, 404, 413, 422).
        case rejected

        /// The kind of trouble that a status code alone means.
        public init(status: Int) {
            switch status {
            case 401, 403: self = .authentication
            case 402: self = .quota
            case 429: self = .rateLimited
            case 408, 409, 424, 425, 499: self = .unavailable
            // Redirects are not followed.
            case 300..<500: self = .rejected
            // An error with a good status can only be the provider's trouble, as one of 500 and more is.
            default: self = .unavailable
            }
        }

        /// True for trouble of the provider or the network, which the breaker counts.
        public var isInfrastructure: Bool {
            switch self {
            case .rateLimited, .unavailable, .connection, .timeout, .unreadable, .authentication, .quota: true
            case .unsupported, .rejected: false
            }
        }
    }

    /// What kind of trouble.
    public var kind: Kind
    /// The status code; nil when no response came.
    public var status: Int?
    /// The provider's own code, such as `insufficient_quota`.
    public var code: String?
    /// What happened: the provider's message, or ours.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// Seconds that the provider wants us to wait.
    public var retryAfter: Double?
    /// What the provider says of trying again; nil: nothing.
    public var shouldRetry: Bool?
    /// The provider's id of the request.
    public var requestID: String?

    /// Creates a failure.
    public init(
        _ kind: Kind, _ message: String, status: Int? = nil, code: String? = nil, hint: String? = nil,
        retryAfter: Double? = nil, shouldRetry: Bool? = nil, requestID: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.status = status
        self.code = code
        self.hint = hint
        self.retryAfter = retryAfter
        self.shouldRetry = shouldRetry
        self.requestID = requestID
    }
}
