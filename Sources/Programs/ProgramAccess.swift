/// Whether assertions may run programs: handed down from the command line, for nothing else may allow it.
public enum ProgramAccess: Sendable {
    /// They are checked, and nothing is run: for commands that read files only.
    case checkedOnly
    /// They are mistakes of the suite, since the command line did not allow them.
    case refused
    /// They run on a host.
    case granted(ProgramHost)

    /// The host; nil when nothing is run.
    var host: ProgramHost? { if case .granted(let host) = self { host } else { nil } }
}
