import Evals
import Files
import JSON

/// What gives a verdict, as a whole: the judges with their parameters, the prompts, the rubric and the threshold.
///
/// A calibration holds for one instrument; whoever edits a word of it has another one.
struct JudgeInstrument: Sendable, Hashable {
    /// The names of the judges.
    let models: [String]
    /// The prompts that the type of assertion uses, each `name@version`.
    let prompts: [String]
    /// Everything that shapes a verdict.
    let parts: JSONObject
    /// The hash of the parts, in lower-case hexadecimal digits.
    let sha256: String
    /// What is known of its agreement with people; nil when it was not measured.
    let calibration: JudgeCalibration?

    /// The instrument that an assertion, a panel and the prompts of a run make.
    ///
    /// One that is asked together with others is another instrument than one that is asked alone.
    ///
    /// The value counts both as it is rendered and as it is written: words that come from variables decide like those
    /// that stand in the rubric. A value that is a reference says what is true in one case, so there its template alone
    /// counts, as no `reference` of a case counts.
    ///
    /// - Parameters:
    ///   - embeddings: The model whose embeddings shape the verdict, where there is one.
    ///   - valueIsReference: Whether the value is what is true in a case, and no rule of judging.
    init(
        _ specification: AssertionSpecification, panel: JudgePanel, desk: JudgeDesk, isBatched: Bool = false,
        embeddings: String? = nil, valueIsReference: Bool = false
    ) {
        models = panel.models
        func identity(_ name: String) -> JSONValue {
            guard let model = desk.models[name] else { return .string(name) }
            // One identity may hide another model or another server: what really answers counts as well.
            var judge: JSONObject = [
                "model": .string(model.identity), "parameters": .object(model.parameters),
                "provider": .string(model.provider), "id": .string(model.model),
            ]
            for key in ["base_url", "fallback"] { judge[key] = model.settings[key] }
            return .object(judge)
        }
        let judges = panel.models.map(identity)
        var options = specification.options
        for key in ["judge", "panel"] { options[key] = nil }
        let used = desk.prompts.values.filter { desk.uses[specification.type]?.contains($0.name) ?? false }
            .sorted { $0.name < $1.name }
        prompts = used.map { "\($0.name)@\($0.version)" }
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        var parts: JSONObject = [
            "type": .string(specification.type), "negated": .bool(specification.isNegated),
            "value": specification.value ?? .null,
            "options": .object(options), "select": text(specification.select),
            "xpath": text(specification.xpath),
            "transform": .array(specification.transform.map { .string("\($0)") }),
            "threshold": specification.threshold.map { .double($0) } ?? .null,
            "judges": .array(judges), "vote": .string(panel.vote.rawValue),
            "repeat": .integer(panel.repetition),
            "prompts": .array(used.map { ["name": .string($0.name), "sha256": .string($0.sha256)] }),
        ]
        if let unrendered = specification.unrendered {
            parts["written"] = unrendered
            if valueIsReference { parts["value"] = nil }
        }
        if isBatched { parts["batched"] = true }
        if let embeddings { parts["embeddings"] = identity(embeddings) }
        self.parts = parts
        sha256 = ContentHash.sha256Hex(CanonicalJSON.bytes(of: .object(parts)))
        calibration = desk.calibrations[sha256]
    }

    /// What it is made of.
    var description: InstrumentParts {
        InstrumentParts(models: models, prompts: prompts, parts: parts, sha256: sha256)
    }
}

extension JudgeDesk {
    /// The judges that an assertion names, else the project's; an error of the kind `judge` when there are none.
    func panel(_ own: JudgePanel?) throws(EvaluationError) -> JudgePanel {
        guard let panel = own ?? settings.panel else {
            throw EvaluationError(
                .judge, "no judge is configured", hint: "add judge: {model: …} to evalrun.yaml")
        }
        return panel
    }
}
