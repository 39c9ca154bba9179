/// Finds schemas that would be applied to one value without end.
enum ReferenceCycle {
    /// A schema on a circle of `edges` (for every schema those applied to the same value); nil without one.
    static func first(in edges: [[SchemaNodeID]]) -> SchemaNodeID? {
        enum State { case unseen, open, done }
        var states = [State](repeating: .unseen, count: edges.count)
        for start in edges.indices where states[start] == .unseen {
            states[start] = .open
            var stack = [(node: start, next: 0)]
            while let top = stack.last {
                guard top.next < edges[top.node].count else {
                    states[top.node] = .done
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let target = edges[top.node][top.next]
                switch states[target] {
                case .open: return target
                case .done: break
                case .unseen:
                    states[target] = .open
                    stack.append((target, 0))
                }
            }
        }
        return nil
    }
}
