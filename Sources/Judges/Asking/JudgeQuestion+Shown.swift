import Evals
import JSON

extension JudgeQuestion {
    /// Texts that a judge can do without.
    private static let optional = ["question", "context", "reference"]

    /// The first text that the messages do not show as it is; nil when all are there that are to be judged.
    ///
    /// A prompt of the project can filter or skip what is put into it, and a judge would then judge something else.
    ///
    /// - Parameter variables: What the prompt was rendered with.
    func hiddenText(in messages: [Message], variables: JSONObject) -> String? {
        let shown = messages.map { Array($0.text.utf8) }
        let names = texts.map(\.name).filter { !Self.optional.contains($0) } + lists.map(\.name)
        return names.first { name in
            guard let block = variables[name]?.string, !block.isEmpty else { return false }
            let wanted = Array(block.utf8)
            return !shown.contains { Self.holds($0, wanted) }
        }
    }

    /// Whether bytes hold others; a block begins with a tag that stands nowhere else, so that few places are looked at.
    private static func holds(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, wanted.count <= bytes.count else { return wanted.isEmpty }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
