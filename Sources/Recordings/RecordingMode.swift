/// Where answers come from, and what becomes of the recordings.
public enum RecordingMode: String, Sendable, Hashable, CaseIterable {
    /// From recordings alone; nothing is sent or written.
    case replay
    /// From recordings; what is missing or stale is asked and recorded.
    case record
    /// Everything is asked and recorded anew.
    case refresh
    /// Everything is asked; recordings are neither read nor written.
    case live

    /// Whether requests are sent.
    public var sends: Bool { self != .replay }

    /// Whether answers are taken from recordings.
    public var reads: Bool { self == .replay || self == .record }

    /// Whether answers are recorded.
    public var writes: Bool { self == .record || self == .refresh }
}
