import Evals
import Files
import Models

/// Reads the images of a project for live models.
enum ProjectImages {
    /// Providers take no larger ones.
    private static let largest = 20 << 20

    /// The images below a root; the file's first bytes tell its type.
    static func source(_ root: ProjectRoot) -> ImageSource {
        let tree = WorkingTree(root)
        return ImageSource { (path) throws(EvaluationError) in
            func failure(_ reason: String) -> EvaluationError {
                EvaluationError(.refused, "the image \(path) can't be sent: \(reason)")
            }
            guard let place = ProjectPath(path) else { throw failure("this is no path of the project") }
            let bytes: [UInt8]
            do throws(FileError) {
                bytes = try tree.read(place)
            } catch {
                throw failure(error.reason)
            }
            guard bytes.count <= largest else { throw failure("it is larger than 20 MiB") }
            guard let type = mediaType(bytes) else {
                throw failure("it is none of PNG, JPEG, GIF and WebP")
            }
            return ImageSource.Image(mediaType: type, base64: Base64.text(of: bytes))
        }
    }

    private static func mediaType(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        let isWebP =
            bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
        return isWebP ? "image/webp" : nil
    }
}
