import Files
import JSON

/// Puts texts that nobody vouches for between tags that their authors can't have known.
///
/// The tag is 128 bits of SHA-256 over everything that is asked and judged: whoever writes a text would have to find
/// one that holds its own hash, and a replay has the same tag again. The texts themselves stay as they are.
struct JudgedBlock: Sendable, Hashable {
    /// The tag's 32 hexadecimal digits.
    let tag: String

    /// Creates the tag of one question: what is asked of it, and the texts that are judged.
    init(question: JSONObject, texts: [(name: String, text: String)]) {
        let material: JSONValue = [
            "question": .object(question),
            "texts": .array(texts.map { ["name": .string($0.name), "text": .string($0.text)] }),
        ]
        tag = String(ContentHash.sha256Hex(CanonicalJSON.bytes(of: material)).prefix(32))
    }

    /// A text between its tags, each on a line of its own.
    func block(_ name: String, _ text: String) -> String {
        "<\(name)-\(tag)>\n\(text)\n</\(name)-\(tag)>"
    }
}
