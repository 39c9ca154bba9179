import Evals
import Reports

/// The line on a terminal that tells how far the run is.
struct Progress {
    private let total: Int
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var last: ContinuousClock.Instant?
    private var done = 0
    private var passed = 0
    private var failed = 0
    private var errored = 0
    private var isDirty = false

    /// Creates a line that is not shown yet.
    init(total: Int, isShown: Bool) {
        self.total = total
        self.isShown = isShown
    }

    /// Counts an execution and redraws the line, at most ten times a second.
    mutating func add(_ execution: Execution) {
        guard isShown else { return }
        done += 1
        switch execution.status {
        case .passed: passed += 1
        case .failed: failed += 1
        case .errored: errored += 1
        case .skipped: break
        }
        let now = ContinuousClock.now
        // A run that is over in a moment needs no line that flickers.
        guard now - (last ?? start) > .milliseconds(last == nil ? 300 : 100) else { return }
        last = now
        isDirty = true
        let line = ProgressLine(width: Console.width(2)).render(
            done: done, total: total, passed: passed, failed: failed, errored: errored, elapsed: now - start)
        Console.note("\r\u{1b}[K" + line)
    }

    /// Removes the line.
    mutating func clear() {
        if isDirty { Console.note("\r\u{1b}[K") }
        isDirty = false
    }
}
