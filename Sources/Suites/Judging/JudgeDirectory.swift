import Diagnostics
import Evals

/// Finds the models that are asked about answers.
struct JudgeDirectory {
    /// The project's settings.
    let project: Project

    /// The model of a name, or why it can't be asked.
    func resolve(
        _ name: String, for role: ModelNeed.Role, at mark: SourceMark?
    ) -> Result<ModelSpecification, Diagnostic> {
        ModelDirectory(project: project).resolve(name, at: mark).flatMap { model in
            guard model.provider == ModelSpecification.echo.provider else { return .success(model) }
            return .failure(
                Diagnostic(
                    "bad-judge", "'echo' repeats the question and can't be asked for \(role.wanted)",
                    at: mark, hint: "name a model of evalrun.yaml, or one as kind/model"))
        }
    }

    /// The first of some judges that is another one once more, and that one; nil when all differ.
    static func twin(
        among models: [ModelSpecification]
    ) -> (first: ModelSpecification, second: ModelSpecification)? {
        for (index, model) in models.enumerated() {
            let earlier = models[..<index].first {
                $0.identity == model.identity && $0.parameters == model.parameters
            }
            if let earlier { return (earlier, model) }
        }
        return nil
    }

    /// Why a panel can't have these judges; nil when it can.
    static func complaint(about models: [ModelSpecification], at mark: SourceMark?) -> Diagnostic? {
        guard let twin = twin(among: models) else { return nil }
        let message =
            twin.first.name == twin.second.name
            ? "the judge '\(twin.first.name)' is twice in the panel"
            : "the judges '\(twin.first.name)' and '\(twin.second.name)' are the same model"
        return Diagnostic(
            "duplicate-judge", message, at: mark, hint: "write `repeat: 2` to ask each judge twice")
    }
}

extension ModelNeed.Role {
    /// What is wanted of the model, in words.
    var wanted: String {
        switch self {
        case .judge: "a verdict"
        case .embeddings: "embeddings"
        case .moderation: "moderation"
        case .classifier: "labels"
        }
    }
}
