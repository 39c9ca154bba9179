import Diagnostics
import Evals
import JSON
import Templates

/// Turns cases into what the runner executes: requests and assertions for each prompt × model.
struct CasePlanner: Sendable {
    /// The suites.
    let suites: [Suite]
    /// The prompts and models of each suite.
    let trials: [SuiteTrials]
    /// The columns that each suite's gates select by.
    let gateColumns: [[String]]
    /// The executions that are run; nil: all.
    let only: ExecutionSelection?

    /// A prompt × model of a case, by index.
    struct Pair {
        /// The index of the prompt in the suite.
        var prompt: Int
        /// The model.
        var model: ModelSpecification
        /// False when this run leaves it out.
        var isSelected: Bool
    }

    /// The prompts and models a case is for: with a response just the suite's first prompt on `given`.
    func pairs(of template: CaseTemplate, suite index: Int) -> [Pair] {
        let suite = suites[index]
        if template.response != nil {
            guard let first = trials[index].rows.first else { return [] }
            return [Pair(prompt: first.prompt, model: .given, isSelected: first.isSelected)]
        }
        return trials[index].rows.flatMap { row -> [Pair] in
            let use = suite.prompts[row.prompt]
            guard template.isFor(use) else { return [] }
            return row.models.compactMap { model in
                if let only = template.onlyModels, !only.contains(model.name) { return nil }
                return Pair(prompt: row.prompt, model: model, isSelected: row.isSelected)
            }
        }
    }

    /// How often a case is asked.
    func repetition(of template: CaseTemplate, suite index: Int) -> Repetition {
        if template.response != nil { return Repetition() }
        return template.repetition ?? Repetition(samples: trials[index].samples)
    }

    /// The samples of a case on a prompt and model that are run; nil: all, empty: none.
    func samples(of instance: CaseInstance, on pair: Pair) -> [Int]? {
        guard let only else { return nil }
        let suite = suites[instance.suite]
        let repetition = repetition(of: suite.cases[instance.template], suite: instance.suite)
        return only.samples(
            suite: suite.name, caseID: instance.id, prompt: suite.prompts[pair.prompt].label,
            model: pair.model.name, of: repetition)
    }

    /// The case with everything the runner needs; without trials when none of it is run.
    func plan(_ instance: CaseInstance) -> PlannedCase {
        let suite = suites[instance.suite]
        let template = suite.cases[instance.template]
        var planned = PlannedCase(suite: suite.name, id: instance.id, mark: template.mark)
        planned.tags = instance.tags
        planned.isDatasetRow = template.dataset != nil
        if let row = instance.row {
            for column in gateColumns[instance.suite] { planned.row[column] = row.text(column) }
        }
        planned.variables = instance.variables
        planned.threshold = template.threshold
        planned.repetition = repetition(of: template, suite: instance.suite)
        planned.skip = template.skip
        planned.expectedFailure = template.expectedFailure
        planned.quarantine = template.quarantine
        var chosen: [(pair: Pair, samples: [Int]?)] = []
        for pair in pairs(of: template, suite: instance.suite) where pair.isSelected {
            let samples = samples(of: instance, on: pair)
            if samples?.isEmpty != true { chosen.append((pair, samples)) }
        }
        if chosen.isEmpty { return planned }
        let texts = Result { () throws(TemplateError) in try CaseTexts(template, instance) }
        if case .success(let texts) = texts {
            planned.response = texts.response
            planned.context = texts.context
            planned.reference = texts.reference
            planned.question = texts.question
        }
        for (pair, samples) in chosen {
            var trial = trial(pair, instance, planned, texts)
            trial.samples = samples
            planned.trials.append(trial)
        }
        return planned
    }

    private func trial(
        _ pair: Pair, _ instance: CaseInstance, _ planned: PlannedCase,
        _ texts: Result<CaseTexts, TemplateError>
    ) -> PlannedCase.Trial {
        let use = suites[instance.suite].prompts[pair.prompt]
        let template = suites[instance.suite].cases[instance.template]
        let site = CallSite(
            suite: planned.suite, caseID: planned.id, prompt: use.label, model: pair.model.name,
            isDatasetRow: planned.isDatasetRow)
        let request: Result<ModelRequest, EvaluationError>
        let assertions: Result<[CompiledAssertion], EvaluationError>
        switch texts {
        case .failure(let error):
            request = .failure(error.evaluationError)
            assertions = .failure(error.evaluationError)
        case .success(let texts):
            request = self.request(pair.model, use.prompt, instance, texts, site)
            assertions = Self.assertions(template, prompt: pair.prompt, instance, texts)
        }
        return PlannedCase.Trial(
            prompt: use.label, version: use.prompt.version, model: pair.model, request: request,
            assertions: assertions)
    }

    private func request(
        _ model: ModelSpecification, _ prompt: Prompt, _ instance: CaseInstance, _ texts: CaseTexts,
        _ site: CallSite
    ) -> Result<ModelRequest, EvaluationError> {
        do throws(TemplateError) {
            let context = TemplateContext(layers: [instance.variables, texts.variables])
            let messages: [Message]
            do throws(TemplateError) {
                messages = try prompt.conversation(context, input: texts.input, history: texts.history)
            } catch {
                // An answer that was captured elsewhere needs no conversation; judges see it where there is one.
                guard texts.response != nil else { throw error }
                messages = []
            }
            return .success(
                ModelRequest(
                    model: model, parameters: model.parameters.merging(prompt.parameters), messages: messages,
                    tools: prompt.tools, outputSchema: prompt.outputSchema?.value, site: site,
                    given: texts.response, promptParameters: prompt.parameters))
        } catch {
            // An answer that the case brings along is graded whether or not the prompt can be rendered.
            guard let given = texts.response else { return .failure(error.evaluationError) }
            return .success(
                ModelRequest(
                    model: model, parameters: [:], messages: [], tools: prompt.tools, site: site, given: given
                ))
        }
    }

    /// The assertions of a case for one prompt, made ready to run.
    static func assertions(
        _ template: CaseTemplate, prompt: Int, _ instance: CaseInstance, _ texts: CaseTexts
    ) -> Result<[CompiledAssertion], EvaluationError> {
        let sources = template.assertionsByPrompt?[prompt] ?? template.assertions
        var compiled: [CompiledAssertion] = []
        compiled.reserveCapacity(sources.count)
        let context = texts.assertionContext(instance)
        for source in sources {
            if let ready = source.compiled {
                compiled.append(ready)
                continue
            }
            let specification: AssertionSpecification
            do throws(TemplateError) {
                specification = try source.specification(context)
            } catch {
                return .failure(error.evaluationError)
            }
            do throws(DiagnosticError) {
                compiled.append(try source.descriptor.compile(specification))
            } catch {
                let first = error.diagnostics.first
                return .failure(
                    EvaluationError(.assertion, first?.message ?? "bad assertion", hint: first?.hint))
            }
        }
        return .success(compiled)
    }
}

extension TemplateError {
    /// The error of an execution whose template could not be rendered.
    var evaluationError: EvaluationError {
        let place = diagnostic.mark.map { "\($0): " } ?? ""
        return EvaluationError(.template, place + diagnostic.message, hint: diagnostic.hint)
    }
}
