public import Evals

/// The API of a kind of provider, as two pure functions: what is sent for a request, and what a response means.
public protocol ModelAPI: Sendable {
    /// Where requests go when the project says nothing, without a slash at the end; nil: `base_url` is needed.
    var defaultBaseURL: String? { get }
    /// How the key is sent.
    var credential: CredentialPlacement { get }
    /// The environment variables that usually hold the key, the first one set being used; empty: none is needed.
    var usualKeyVariables: [String] { get }

    /// Whether answers can come as a stream of text.
    var canStream: Bool { get }

    /// What is sent.
    ///
    /// Only parameters that were written are sent, under the API's own names.
    /// - Parameters:
    ///   - images: Reads the images of messages.
    ///   - streams: Whether the answer is wanted as a stream.
    func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall

    /// What a response says; a refusal and a filtered answer are replies, not failures.
    ///
    /// Leaves latency, time to first token and attempts unset: they are the caller's.
    func reply(from response: APIResponse) throws(CallFailure) -> Reply

    /// True for an event that carries a piece of the answer (text, reasoning or a tool call).
    func isToken(_ event: ServerSentEvent) -> Bool

    /// What a provider would reject in a request, found before money is spent.
    func complaints(about request: ModelRequest) -> [RequestComplaint]
}

extension ModelAPI {
    /// True, as for most.
    public var canStream: Bool { true }
}

/// How an API wants its key.
public enum CredentialPlacement: Sendable, Hashable {
    /// No key at all.
    case none
    /// `Authorization: Bearer KEY`.
    case bearer
    /// The key alone in a field of its own, such as `x-api-key`.
    case header(String)
    /// Bearer token, or signed with AWS keys.
    case aws
}

/// Something in a request that its provider would reject or ignore.
public struct RequestComplaint: Sendable, Hashable {
    /// A short id for the diagnostic, such as `unsupported-parameter`.
    public var id: String
    /// What is wrong.
    public var message: String
    /// What to do.
    public var hint: String?
    /// True when the request can't succeed; false when something is ignored or may be rejected.
    public var isError: Bool

    /// Creates a complaint.
    public init(_ id: String, _ message: String, hint: String? = nil, isError: Bool = false) {
        self.id = id
        self.message = message
        self.hint = hint
        self.isError = isError
    }
}

/// Reads the images that messages name.
public struct ImageSource: Sendable {
    /// An image, ready to be sent.
    public struct Image: Sendable, Hashable {
        /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
        public var mediaType: String
        /// The bytes in base64.
        public var base64: String

        /// Creates an image.
        public init(mediaType: String, base64: String) {
            self.mediaType = mediaType
            self.base64 = base64
        }
    }

    private let read: @Sendable (String) throws(EvaluationError) -> Image

    /// Creates a source from a function of the image's path in the project.
    public init(_ read: @escaping @Sendable (String) throws(EvaluationError) -> Image) { self.read = read }

    /// The image at a path.
    public func image(at path: String) throws(EvaluationError) -> Image { try read(path) }

    /// A source without images.
    public static let none = ImageSource { (path) throws(EvaluationError) in
        throw EvaluationError(.provider, "the image \(path) can't be read here")
    }
}
