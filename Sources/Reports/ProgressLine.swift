/// The line that shows how far a run has come; the caller puts it in place of the last one.
public struct ProgressLine: Sendable {
    /// The columns of the terminal; the line stays one below, so that it never wraps.
    public var width: Int

    /// Creates a line.
    public init(width: Int = 80) { self.width = width }

    /// The line without line feed and colors, for example `[####······] 4/10  3 passed, 1 failed  1.2s`.
    public func render(
        done: Int, total: Int, passed: Int, failed: Int, errored: Int, elapsed: Duration
    ) -> String {
        let whole = max(total, 0)
        let part = min(max(done, 0), whole)
        var counts = ["\(passed) passed"]
        if failed > 0 { counts.append("\(failed) failed") }
        if errored > 0 { counts.append("\(errored) errored") }
        let (seconds, fraction) = elapsed.components
        let time = Figures.fixed(Double(seconds) + Double(fraction) / 1e18, 1) + "s"
        let text = "\(part)/\(whole)  \(counts.joined(separator: ", "))  \(time)"
        let room = width - 1
        let cells = min(20, room - DisplayWidth.of(text) - 3)
        guard cells >= 5 else { return DisplayWidth.fitted(text, to: max(0, room)) }
        let filled = whole == 0 ? 0 : Int(Double(part) / Double(whole) * Double(cells))
        let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: cells - filled)
        return "[\(bar)] \(text)"
    }
}
