import Diagnostics
import Evals
import JSON
import Models
import Suites

/// Whether everything that a run asks can be asked in batches.
enum BatchCheck {
    /// A mistake that names the models whose providers take no batches, and a warning for fallbacks, which answer none.
    ///
    /// A run that asked some models at half the price and others at the full one would be neither cheap nor fast, so
    /// that it is refused as a whole.
    static func diagnostics(_ asked: [PlannedModel], _ project: Project) -> [Diagnostic] {
        var seen: Set<String> = []
        let models = asked.map(\.model).filter { seen.insert($0.name).inserted }
        var found: [Diagnostic] = []
        let refused = models.filter {
            !BatchCatalog.kinds.contains(project.kind(ofProvider: $0.provider))
        }
        if !refused.isEmpty {
            let names = refused.prefix(5).map {
                "'\($0.name)' (\(project.kind(ofProvider: $0.provider)))"
            }
            let rest = refused.count > 5 ? " and \(refused.count - 5) more" : ""
            let others = models.filter { model in !refused.contains { $0.name == model.name } }.map(\.name)
            found.append(
                Diagnostic(
                    "no-batches",
                    "--batch can't ask \(names.joined(separator: ", "))\(rest): batches are known of the kinds "
                        + BatchCatalog.kinds.joined(separator: ", "),
                    hint: others.isEmpty
                        ? "run without --batch"
                        : "run these without --batch, and the others with --batch"
                            + others.prefix(5).map { " --model \($0)" }.joined()))
        }
        for model in models where model.settings["fallback"]?.array?.isEmpty == false {
            found.append(
                Diagnostic(
                    "idle-fallback", "the fallbacks of '\(model.name)' answer nothing in batches",
                    hint: "`--resume` asks again for what a batch did not answer", severity: .warning))
        }
        return found
    }
}
