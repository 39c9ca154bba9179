/// A program as it is started: equal ones share their processes.
struct Program: Sendable, Hashable {
    /// How long a process lives.
    enum Life: Sendable, Hashable {
        /// For one case: its input ends after the request, and it must exit with 0.
        case oneCase
        /// For many cases: a request and an answer on a line each.
        case manyCases
        /// As the program itself turns out to do.
        case foundOut
    }

    /// The name for messages, as the suite has it.
    var name: String
    /// The absolute path of the file that is executed.
    var executable: String
    /// The arguments behind the name.
    var arguments: [String]
    /// The variables that are passed on beside `PATH`.
    var variables: [String]
    /// The most memory of a process, in MiB.
    var memoryMB: Int
    /// How long a process lives.
    var life: Life
    /// True for workers of our own, which print a line when they are ready: starting takes none of a case's time.
    var greets = false

    /// Hashes without the arguments, one of which may be a whole script.
    func hash(into hasher: inout Hasher) {
        hasher.combine(executable)
        hasher.combine(variables)
        hasher.combine(memoryMB)
        hasher.combine(arguments.count)
    }
}
