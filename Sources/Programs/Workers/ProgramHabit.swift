/// What is known of a program whose author did not say how long its processes live.
enum ProgramHabit: Sendable, Hashable {
    /// Nothing yet: the first case has a process of its own, whose input ends and which must exit with 0.
    case unknown
    /// That case went well, in so much time; the next process is tried with its input left open.
    case tried(Duration)
    /// A process is being tried.
    case onTrial
    /// It answers while its input stays open.
    case staysOpen
    /// It answers when its input ends, or ends by itself after its answer.
    case endsAfterOne

    /// How long a process on trial may be silent before its input ends: well above what the first one needed.
    static func patience(after first: Duration) -> Duration { max(.seconds(1), first * 4) }
}
