import Diagnostics
import Evals
import YAML

/// Reads `judge:` of the project file.
struct JudgeSettingsReader {
    /// Collects mistakes.
    let reader: SourceReader
    /// The settings read so far, models included.
    let project: Project

    /// The settings; those of a project without any for nil.
    func settings(_ node: YAMLNode?) -> JudgeSettings {
        guard let node, node.entries != nil else { return JudgeSettings() }
        var settings = JudgeSettings(mark: node.mark)
        let (model, panel) = (written("model", in: node), written("panel", in: node))
        if model != nil, let panel {
            reader.report(
                "conflicting-keys", "'model' and 'panel' can't both be written", at: panel.mark,
                hint: "name all judges in the panel")
        }
        if let panel {
            settings.panel = self.panel(panel)
        } else if let name = model.flatMap({ name($0, .judge) }) {
            settings.panel = JudgePanel(models: [name])
        }
        settings.embeddings = written("embeddings", in: node).flatMap { name($0, .embeddings) }
        settings.moderation = written("moderation", in: node).flatMap { name($0, .moderation) }
        settings.moment = node["when"]?.text.flatMap { JudgeSettings.Moment(rawValue: $0) } ?? .always
        settings.batchesRubrics = node["batch_rubrics"]?.bool ?? false
        settings.requiredAgreement = node["require_calibration"]?.double
        return settings
    }

    /// What `judge:` names somebody for, even where that is a mistake, which is reported then.
    static func roles(_ node: YAMLNode?) -> Set<ModelNeed.Role> {
        let keys: [(String, ModelNeed.Role)] = [
            ("model", .judge), ("panel", .judge), ("embeddings", .embeddings), ("moderation", .moderation),
        ]
        return Set(keys.filter { key, _ in node?[key].map { !$0.isNull } ?? false }.map(\.1))
    }

    private func written(_ key: String, in node: YAMLNode) -> YAMLNode? {
        node[key].flatMap { $0.isNull ? nil : $0 }
    }

    private func panel(_ node: YAMLNode) -> JudgePanel? {
        // Of another type is reported already.
        guard node.entries != nil else { return nil }
        guard let list = written("models", in: node) else {
            reader.report(
                "missing-key", "a panel needs 'models'", at: node.mark,
                hint: "write panel: {models: [NAME, NAME], vote: majority, repeat: 1}")
            return nil
        }
        let items = list.items ?? []
        if list.items?.isEmpty == true {
            reader.report("no-judge", "the panel has no judge", at: list.mark, hint: "name its models")
        }
        let members = items.compactMap { item in
            item.text.flatMap { resolved($0, .judge, at: item.mark) }
        }
        if let complaint = JudgeDirectory.complaint(about: members, at: list.mark) { reader.add(complaint) }
        guard !members.isEmpty else { return nil }
        return JudgePanel(
            models: members.map(\.name),
            vote: node["vote"]?.text.flatMap { JudgePanel.Vote(rawValue: $0) } ?? .majority,
            repetition: node["repeat"]?.integer ?? 1)
    }

    private func name(_ node: YAMLNode, _ role: ModelNeed.Role) -> String? {
        node.text.flatMap { resolved($0, role, at: node.mark)?.name }
    }

    private func resolved(
        _ name: String, _ role: ModelNeed.Role, at mark: SourceMark
    ) -> ModelSpecification? {
        switch JudgeDirectory(project: project).resolve(name, for: role, at: mark) {
        case .success(let model): return model
        case .failure(let diagnostic):
            reader.add(diagnostic)
            return nil
        }
    }
}
