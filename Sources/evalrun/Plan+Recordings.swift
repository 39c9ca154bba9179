import Diagnostics
import Recordings
import Suites

extension Plan {
    /// Prompts and models of a suite whose recordings would stand in the same files and replace each other.
    var sharedRecordings: [Diagnostic] {
        gates.flatMap { suite, _ -> [Diagnostic] in
            let sites = groups.filter { $0.suite == suite && $0.model != "given" && $0.model != "echo" }
            return RecordingPlace.shared(sites.map { ($0.prompt, $0.model) }).map { first, second in
                Diagnostic(
                    "shared-recording",
                    "the recordings of '\(first)' and '\(second)' in the suite '\(suite)' would share a file",
                    hint: "give one of the models another alias in evalrun.yaml")
            }
        }
    }
}
