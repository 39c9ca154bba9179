/// Times a piece of work over many calls.
enum Stopwatch {
    /// How long each of the rounds lasts.
    private static let round = Duration.milliseconds(60)
    /// The median of so many rounds counts.
    private static let rounds = 5

    /// Seconds per call.
    static func perCall(_ body: () throws -> Void) rethrows -> Double {
        try body()
        var measured: [Double] = []
        for _ in 0..<rounds {
            var calls = 0
            var batch = 1
            let clock = ContinuousClock()
            let start = clock.now
            var elapsed = Duration.zero
            while elapsed < round {
                for _ in 0..<batch { try body() }
                calls += batch
                batch = min(batch * 2, 1024)
                elapsed = clock.now - start
            }
            measured.append(elapsed / .seconds(1) / Double(calls))
        }
        return measured.sorted()[rounds / 2]
    }

    /// Seconds per call of asynchronous work.
    static func perCall(_ body: () async -> Void) async -> Double {
        await body()
        var measured: [Double] = []
        for _ in 0..<rounds {
            var calls = 0
            var batch = 1
            let clock = ContinuousClock()
            let start = clock.now
            var elapsed = Duration.zero
            while elapsed < round {
                for _ in 0..<batch { await body() }
                calls += batch
                batch = min(batch * 2, 1024)
                elapsed = clock.now - start
            }
            measured.append(elapsed / .seconds(1) / Double(calls))
        }
        return measured.sorted()[rounds / 2]
    }
}
