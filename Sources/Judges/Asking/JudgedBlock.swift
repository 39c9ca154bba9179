import Files
import JSON

/// Puts texts that nobody vouches for between tags that their authors can't have known.
///
/// The tag is 128 bits of SHA-256 over everything that is asked and judged: whoever writes a text would have to find
/// one that holds its own hash, and a replay has the same tag again. The texts themselves stay as they are.
///
/// Tags are recorded, so they are made of what may be recorded: from a hash over a text with a telephone number in it
/// the number could be found by trying all.
struct JudgedBlock: Sendable, Hashable {
    /// The tag's 32 hexadecimal digits.
    let tag: String

    /// Creates the tag of one question: what is asked of it, and the texts that are judged.
    ///
    /// - Parameter masking: Takes out of a text what must not be recorded.
    init(
        question: JSONObject, texts: [(name: String, text: String)],
        masking: (String) -> String = { $0 }
    ) {
        let material: JSONValue = [
            "question": JSONValue.object(question).mappingTexts(masking),
            "texts": .array(texts.map { ["name": .string($0.name), "text": .string(masking($0.text))] }),
        ]
        var hash = ContentHash.sha256Hex(CanonicalJSON.bytes(of: material))
        // What is masked is not hashed, so a tag could be hidden in it: then it is hashed once more.
        while texts.contains(where: { $0.text.utf8.contains(hash.utf8.prefix(32)) }) {
            hash = ContentHash.sha256Hex(Array(hash.utf8))
        }
        tag = String(hash.prefix(32))
    }

    /// A text between its tags, each on a line of its own.
    func block(_ name: String, _ text: String) -> String {
        "<\(name)-\(tag)>\n\(text)\n</\(name)-\(tag)>"
    }
}
