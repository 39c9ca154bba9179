/// Something that is done when a body takes too long.
enum Alarm {
    /// Runs the body, and `ring` beside it once `delay` has passed without its end.
    static func set<R: Sendable>(
        after delay: Duration, _ ring: @escaping @Sendable () async -> Void, during body: () async -> R
    ) async -> R {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: delay)) != nil else { return }
                await ring()
            }
            let result = await body()
            group.cancelAll()
            return result
        }
    }
}
