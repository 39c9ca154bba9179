/// The numbers in the head of a test suite, which stand before its cases.
struct JUnitCounts {
    /// All cases.
    private(set) var tests = 0
    /// Cases with a failure.
    private(set) var failures = 0
    /// Cases with an error.
    private(set) var errors = 0
    /// Cases that are skipped.
    private(set) var skipped = 0
    /// The sum of the cases' times.
    private(set) var milliseconds = 0

    /// Counts one case.
    mutating func add(_ verdict: JUnitCase.Verdict, milliseconds: Int) {
        tests += 1
        switch verdict {
        case .passed: break
        case .failure: failures += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        }
        // Each is below 10¹² ms; the sum is held far below the largest integer.
        self.milliseconds = min(self.milliseconds + milliseconds, 1 << 60)
    }

    /// Adds the numbers of a whole suite.
    mutating func add(_ other: JUnitCounts) {
        tests += other.tests
        failures += other.failures
        errors += other.errors
        skipped += other.skipped
        milliseconds = min(milliseconds + other.milliseconds, 1 << 60)
    }
}
