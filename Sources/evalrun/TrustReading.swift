import Assertions
import Diagnostics
import Files
import JSON
import Programs
import Suites

/// What `--trust-base` takes from its commit.
struct TrustReading {
    /// The settings and gates.
    let base: TrustBase
    /// The programs that may run.
    let programs: ProgramTrust

    /// Reads the commit; nil, with diagnostics, when it can't be had.
    ///
    /// When programs may run, the host gets the commit's files to run them among.
    init?(
        _ reference: String, root: ProjectRoot, targets: [Workspace.Target], programs access: ProgramAccess,
        bag: inout DiagnosticBag
    ) {
        let commit: TrustedCommit
        do throws(DiagnosticError) {
            commit = try TrustedCommit(reference, root: root)
        } catch {
            bag.add(contentsOf: error.diagnostics)
            return nil
        }
        if let caution = commit.caution { bag.add(caution) }
        let (base, diagnostics) = TrustBase.read(
            commit, catalog: .known, targets: targets, today: SystemClock.today())
        bag.add(contentsOf: diagnostics)
        var extracted: ExtractedTree?
        if case .granted(let host) = access, base.runsPrograms {
            do throws(FileError) {
                let files = try commit.extract()
                host.run(among: files)
                extracted = files
            } catch {
                bag.add(error.diagnostic())
                return nil
            }
        }
        self.base = base
        programs = ProgramTrust(commit, commands: base.commands, root: root, extracted: extracted)
    }

    /// Why commands of providers may not run.
    func mistakes(in project: Project) -> [Diagnostic] {
        guard programs.isRunning else { return [] }
        return project.providers.filter { project.kind(ofProvider: $0.key) == "exec" }.flatMap { provider in
            programs.mistakes(
                inCommand: (provider.value["command"]?.array ?? []).compactMap(\.string),
                searchPath: Console.environment("PATH") ?? "")
        }
    }
}
