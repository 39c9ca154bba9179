/// Starts a program with its limits in force from its first instruction on.
///
/// The limits are set by a shell that then becomes the program. Its script is the same for all programs, which come as
/// positional parameters: nothing of them is parsed. The limit of memory is on private writable memory (`RLIMIT_DATA`),
/// since programs such as Node.js reserve more addresses than they use; Linux alone keeps it.
enum LimitedStart {
    /// The shell of every system.
    static let shell = "/bin/sh"

    /// Sets the limits, and takes out the variables that shells add.
    ///
    /// A limit that can't be set is stricter already.
    private static let script = """
        ulimit -c 0 2>/dev/null
        ulimit -d "$1" 2>/dev/null
        shift
        unset PWD OLDPWD SHLVL
        exec "$@"
        """

    /// The arguments of the shell.
    static func arguments(of program: Program) -> [String] {
        ["-c", script, "evalrun", String(program.memoryMB << 10), program.executable] + program.arguments
    }
}
