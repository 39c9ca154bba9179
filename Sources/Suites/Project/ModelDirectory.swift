import Diagnostics
import Evals
import JSON

/// Finds the model that a name means.
struct ModelDirectory {
    /// The project's settings.
    let project: Project

    /// The names that can be written.
    var names: [String] { project.models.map(\.name) + ["echo"] }

    /// The model: an alias, `echo`, or an inline `kind/model`; else what is wrong, with what to add.
    ///
    /// - Parameters:
    ///   - isCommanded: True for a name of the command line, which is trusted whatever files say.
    func resolve(_ name: String, at mark: SourceMark?, isCommanded: Bool = false) -> Result<
        ModelSpecification, Diagnostic
    > {
        if name == ModelSpecification.echo.name { return .success(.echo) }
        if name == ModelSpecification.given.name {
            return .failure(
                Diagnostic(
                    "reserved-name", "'given' is the model of cases with a `response:` and can't be chosen",
                    at: mark))
        }
        if let alias = project.models.first(where: { $0.name == name }) { return .success(alias) }
        if let complaint = project.trust?.complaint(about: name, at: mark) { return .failure(complaint) }
        if let slash = name.firstIndex(of: "/") {
            let provider = String(name[..<slash])
            let id = String(name[name.index(after: slash)...])
            if !isCommanded,
                let complaint = project.trust?.complaint(about: name, provider: provider, at: mark)
            {
                return .failure(complaint)
            }
            let known = ProjectKeys.providerKinds + project.providers.keys
            if known.contains(provider), !id.isEmpty {
                return .success(
                    ModelSpecification(
                        name: name, provider: provider, model: id,
                        hasListPrice: project.hasListPrices(provider: provider)))
            }
            return .failure(
                Diagnostic(
                    "unknown-provider", "there is no provider '\(provider)'", at: mark,
                    hint: Spelling.hint(for: provider, among: known)))
        }
        let near = Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?\nelse " } ?? ""
        let kind = Self.likelyKind(of: name)
        return .failure(
            Diagnostic(
                "unknown-model", "there is no model '\(name)'", at: mark,
                hint: near
                    + "add it to evalrun.yaml: models: {\(Shape.isName(name) ? name : "NAME"): "
                    + "{provider: \(kind), model: \(name)}}\nor write it as \(kind)/\(name)"))
    }

    private static func likelyKind(of model: String) -> String {
        let prefixes = [
            ("claude", "anthropic"), ("gpt", "openai"), ("o1", "openai"), ("o3", "openai"),
            ("gemini", "gemini"),
        ]
        return prefixes.first { model.hasPrefix($0.0) }?.1 ?? "openai-compatible"
    }
}
