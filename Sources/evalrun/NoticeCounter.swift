import Evals

/// Things the user should know, each kind said once with a count.
struct NoticeCounter {
    private struct Kind {
        var count = 0
        var example: String
    }

    private var kinds: [String: Kind] = [:]
    private var order: [String] = []

    /// The beginning of a notice, up to what differs from one to the next: names and details.
    private static func kind(of notice: String) -> String {
        String(notice.prefix { $0 != "'" && $0 != ":" && $0 != "/" && !$0.isNumber })
    }

    /// Takes what an execution has to say.
    mutating func add(_ execution: Execution) {
        for notice in [execution.answer?.notice].compactMap(\.self) + (execution.judging?.notices ?? []) {
            let kind = Self.kind(of: notice)
            if kinds[kind] == nil { order.append(kind) }
            kinds[kind, default: Kind(example: notice)].count += 1
        }
    }

    /// The notices, in the order in which each kind first came up.
    var lines: [String] {
        order.compactMap { kinds[$0] }.map { kind in
            kind.count == 1 ? kind.example : "\(kind.count) times, for example: \(kind.example)"
        }
    }
}
