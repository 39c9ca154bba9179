public import Evals

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

        /// The image as a URL, the form that OpenAI's APIs want.
        var dataURL: String { "data:\(mediaType);base64,\(base64)" }
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

    /// Stands in for every image where a request is only looked at.
    static let placeholder = ImageSource { (_) throws(EvaluationError) in
        Image(mediaType: "image/png", base64: "")
    }
}
