/// The limits of programs, and what they are without a word from the user.
enum ProgramLimits {
    /// The longest answer, in bytes.
    static let answerBytes = 1 << 20
    /// How long a program may take for a case, in milliseconds.
    static let timeoutMS = 10_000
    /// The longest such time: an hour.
    static let longestTimeoutMS = 3_600_000
    /// How long an interpreter may take to start, at least.
    static let start = Duration.seconds(30)
    /// The most memory of a process, in MiB.
    static let memoryMB = 512
    /// The most memory of a process that is a whole application under test, in MiB.
    static let applicationMemoryMB = 8192
    /// The range of what an assertion may write for its memory, in MiB.
    static let memoryRange = 16...1_048_576
}
