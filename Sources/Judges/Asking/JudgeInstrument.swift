import Evals
import Files
import JSON

/// What gives a verdict, as a whole: the judges with their parameters, the prompts, the rubric and the threshold.
///
/// A calibration holds for one instrument; whoever edits a word of it has another one.
struct JudgeInstrument: Sendable, Hashable {
    /// The names of the judges.
    let models: [String]
    /// The hash of everything that shapes a verdict, in lower-case hexadecimal digits.
    let sha256: String
    /// What is known of its agreement with people; nil when it was not measured.
    let calibration: JudgeCalibration?

    /// The instrument that an assertion, a panel and the prompts of a run make.
    ///
    /// One that is asked together with others is another instrument than one that is asked alone.
    init(
        _ specification: AssertionSpecification, panel: JudgePanel, desk: JudgeDesk, isBatched: Bool = false
    ) {
        models = panel.models
        let judges = panel.models.map { name -> JSONValue in
            guard let model = desk.models[name] else { return .string(name) }
            return ["model": .string(model.identity), "parameters": .object(model.parameters)]
        }
        var options = specification.options
        for key in ["judge", "panel"] { options[key] = nil }
        let prompts = desk.prompts.values.filter { desk.uses[specification.type]?.contains($0.name) ?? false }
            .sorted { $0.name < $1.name }
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        var material: JSONObject = [
            "type": .string(specification.type), "negated": .bool(specification.isNegated),
            "value": specification.unrendered ?? specification.value ?? .null,
            "options": .object(options), "select": text(specification.select),
            "xpath": text(specification.xpath),
            "transform": .array(specification.transform.map { .string("\($0)") }),
            "threshold": specification.threshold.map { .double($0) } ?? .null,
            "judges": .array(judges), "vote": .string(panel.vote.rawValue),
            "repeat": .integer(panel.repetition),
            "prompts": .array(
                prompts.map { ["name": .string($0.name), "sha256": .string($0.sha256)] }),
        ]
        if isBatched { material["batched"] = true }
        sha256 = ContentHash.sha256Hex(CanonicalJSON.bytes(of: .object(material)))
        calibration = desk.calibrations[sha256]
    }
}
