public import Diagnostics
public import Evals
public import Files
import JSON
import YAML

/// Labels and the assertion that is measured by them, as a project whose one suite judges the labeled answers.
public struct CalibrationSetup: Sendable {
    /// The name that the calibration gets.
    public let name: String
    /// The labels.
    public let sheet: LabelSheet
    /// The labels' file.
    public let labels: CalibrationRecord.Source
    /// The guide by which people labeled; nil when none was named.
    public let guide: CalibrationRecord.Source?
    /// The workspace.
    public let workspace: Workspace
    /// The calibration that the file holds until it is replaced; nil: there is none that can be read.
    public let earlier: CalibrationRecord?

    /// What the command line names.
    public struct Wish: Sendable {
        /// The labels' file.
        public var labels: ProjectPath
        /// The list of assertions, or the single one.
        public var rubric: ProjectPath
        /// The labelling guide.
        public var guide: ProjectPath?
        /// Which metric of the list.
        public var metric: String?
        /// The name of the calibration.
        public var name: String?
        /// The judge in place of the assertion's and the project's.
        public var judge: String?

        /// Creates a wish.
        public init(
            labels: ProjectPath, rubric: ProjectPath, guide: ProjectPath? = nil, metric: String? = nil,
            name: String? = nil, judge: String? = nil
        ) {
            self.labels = labels
            self.rubric = rubric
            self.guide = guide
            self.metric = metric
            self.name = name
            self.judge = judge
        }
    }

    /// The name of the suite, which is in no file.
    public static let suite = "judge-calibrate"

    /// Reads the settings, the prompts, the rubric and the labels; nil, with all mistakes, when there is one.
    ///
    /// - Parameter base: A commit whose settings count in place of those of the files; nil: the files are trusted.
    public static func load(
        _ wish: Wish, root: ProjectRoot, catalog: AssertionCatalog, today: String,
        trusting base: TrustBase? = nil
    ) -> (setup: CalibrationSetup?, diagnostics: [Diagnostic]) {
        let reader = SourceReader(TrackedTree(WorkingTree(root)))
        var project = ProjectFile.load(reader)
        var differences: [TrustDifference] = []
        if let base { (project, differences) = base.settings(over: reader) }
        let library = PromptLibrary.load(reader)
        let judgePrompts = JudgePromptCheck(catalog: catalog, reader: reader)
        judgePrompts.check(base?.prompts ?? library.prompts)
        if let base { differences += judgePrompts.differences(from: base, library.prompts) }
        let assertion = RubricFile(reader: reader, catalog: catalog, today: today)
            .assertion(wish.rubric, metric: wish.metric, judge: wish.judge)
        let sheet = LabelFile(reader: reader).sheet(wish.labels)
        let guide = wish.guide.flatMap { path in
            reader.bytes(path).map {
                CalibrationRecord.Source(file: path.text, sha256: ContentHash.sha256Hex($0))
            }
        }
        let name = wish.name ?? assertion?.base.metric ?? wish.rubric.stem
        if CalibrationRecord.path(named: name) == nil {
            reader.report(
                "bad-name", "'\(TerminalText.excerpt(name, limit: 60))' can't name a calibration", at: nil,
                hint: "give --name with letters, digits, '.', '_' or '-'")
        }
        if let sheet, sheet.answers.isEmpty {
            reader.report(
                "no-labels", "no answer has a label that most people agree on",
                at: SourceMark(file: wish.labels.text))
        }
        guard !reader.bag.hasErrors, let assertion, let sheet else { return (nil, reader.bag.sorted) }
        let workspace = Workspace(
            root: root, project: project, prompts: library.prompts,
            trust: base.map { TrustReport(label: $0.label, commit: $0.commit, differences: differences) },
            suites: [suite(name, sheet, assertion, rubric: wish.rubric)], tree: reader.tree, catalog: catalog,
            judgeOverrides: judgePrompts.overrides(in: base?.prompts ?? library.prompts),
            readsCalibrations: false, isComplete: true)
        let setup = CalibrationSetup(
            name: name, sheet: sheet,
            labels: CalibrationRecord.Source(file: wish.labels.text, sha256: sheet.sha256), guide: guide,
            workspace: workspace, earlier: earlier(name, root))
        return (setup, reader.bag.sorted)
    }

    /// What stands in the file of a name; mistakes in it are no mistake, since it is written anew.
    private static func earlier(_ name: String, _ root: ProjectRoot) -> CalibrationRecord? {
        let tree = TrackedTree(WorkingTree(root))
        guard let path = CalibrationRecord.path(named: name), tree.kind(of: path) == .file else { return nil }
        return CalibrationFile(reader: SourceReader(tree)).load(path)
    }

    /// The suite: a case for each labeled answer, which brings the answer along.
    private static func suite(
        _ name: String, _ sheet: LabelSheet, _ assertion: AssertionTemplate, rubric: ProjectPath
    ) -> Suite {
        let mark = SourceMark(file: rubric.text)
        var suite = Suite(name: self.suite, file: rubric.text, mark: mark)
        let prompt = Prompt(
            name: name, version: "1", isVersionAutomatic: false, file: rubric.text, mark: mark,
            parameters: [:], tools: [], tags: [], messages: [], examples: [])
        suite.prompts = [Suite.PromptUse(label: name, prompt: prompt, mark: mark)]
        suite.models = [(ModelSpecification.echo.name, false, mark)]
        suite.cases = sheet.answers.map { answer in
            var template = CaseTemplate(identity: .fixed(answer.id), mark: answer.mark)
            template.response = .constant(["content": .string(answer.output)])
            template.question = answer.question.map { .constant(.string($0)) }
            template.reference = answer.reference.map { .constant(.string($0)) }
            if !answer.context.isEmpty {
                template.context = .constant(.array(answer.context.map { .string($0) }))
            }
            template.variables = answer.variables.map { ($0.key, .constant($0.value)) }
            template.assertions = [assertion]
            return template
        }
        return suite
    }
}
