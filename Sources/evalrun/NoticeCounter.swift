import Evals

/// Things the user should know, said once with a count.
struct NoticeCounter {
    private var moved = 0
    private var example: String?

    /// Takes what an execution has to say.
    mutating func add(_ execution: Execution) {
        for notice in [execution.answer?.notice].compactMap(\.self) + (execution.judging?.notices ?? []) {
            moved += 1
            if example == nil { example = notice }
        }
    }

    /// The notices.
    var lines: [String] {
        guard let example else { return [] }
        return [
            moved == 1 ? example : "\(moved) recordings were found at another place, for example: \(example)"
        ]
    }
}
