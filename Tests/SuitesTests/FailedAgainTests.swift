import Diagnostics
import Evals
import JSON
import Suites
import Testing

@Suite("Plans of what failed")
struct FailedAgainTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject([
            "evalrun.yaml": """
            models:
              small: {provider: openai, model: gpt-5-mini}
              large: {provider: openai, model: gpt-5.4}

            """,
            "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hello\n",
            "rows.csv": "id,label\nr1,x\nr2,x\nr3,x\n",
            "evalsuites/s.suite.yaml": """
            suite: s
            prompts: [p]
            models: [small, large]
            cases:
              - id: a
                assert: [{contains: x}]
                repeat: 3
              - id: unit
                assert: [{contains: x}]
                repeat: {samples: 3, pass: 2}
              - id: given
                response: x
                assert: [{contains: x}]
              - dataset: ../rows.csv
                id: "{{ row.id }}"
                assert: [{equals: "{{ row.label }}"}]
            gates:
              - {metric: pass_rate, min: 0.5}

            """,
        ])
    }

    private static func address(_ text: String) -> ExecutionAddress {
        let parts = text.split(separator: " ").map(String.init)
        return ExecutionAddress(
            suite: parts[0], caseID: parts[1], prompt: parts[2], model: parts[3],
            sample: parts.count > 4 ? Int(parts[4]) ?? 0 : 1)
    }

    private static func options(_ addresses: [String]) -> PlanOptions {
        var options = PlanOptions()
        options.only = Set(addresses.map(address))
        return options
    }

    private func executions(_ options: PlanOptions) throws -> [String] {
        try project.cases(options).flatMap { planned in
            planned.trials.flatMap { trial in
                planned.samples(of: trial).map { "\(planned.id) \(trial.model.name) \($0)" }
            }
        }
    }

    @Test(
        "only the executions that failed are planned; samples that decide together come together",
        arguments: [
            (["s a p small 2"], ["a small 2"]),
            (["s r3 p large", "s a p large 3", "s a p large 1"], ["a large 1", "a large 3", "r3 large 1"]),
            (["s unit p small 2"], ["unit small 1", "unit small 2", "unit small 3"]),
            (["s given p given"], ["given given 1"]),
        ])
    func selecting(addresses: [String], expected: [String]) throws {
        let options = Self.options(addresses)
        #expect(try executions(options) == expected)
        let (plan, diagnostics) = project.plan(options)
        #expect(plan?.executions == expected.count && plan?.isNarrowed == true && diagnostics.isEmpty)
        #expect(plan?.cases == Set(expected.map { $0.prefix { $0 != " " } }).count)
        #expect(plan?.sha256 != project.plan().plan?.sha256)
    }

    @Test("other samples are another plan; all samples of all cases are the same plan")
    func hashes() throws {
        let one = try #require(project.plan(Self.options(["s a p small 1"])).plan)
        let two = try #require(project.plan(Self.options(["s a p small 2"])).plan)
        #expect(one.sha256 != two.sha256)
        let names = try executions(PlanOptions()).map { name in
            let parts = name.split(separator: " ")
            return "s \(parts[0]) p \(parts[1]) \(parts[2])"
        }
        let all = try #require(project.plan(Self.options(names)).plan)
        #expect(all.sha256 == project.plan().plan?.sha256)
    }

    @Test("what the plan does not have any more is a warning; nothing left is an error, never a pass")
    func gone() throws {
        var options = Self.options(["s a p small 2", "s a p small 4", "s b p small", "t a p small"])
        let (plan, diagnostics) = project.plan(options)
        #expect(plan?.executions == 1)
        #expect(diagnostics.map(\.id) == ["unknown-execution"])
        #expect(
            diagnostics.first?.message
                == "3 executions that failed are not in the plan any more, the first being s › a [p · small] #4"
        )
        #expect(diagnostics.first?.severity == .warning)
        options = Self.options(["s b p small"])
        #expect(project.plan(options).plan == nil)
        #expect(project.plan(options).diagnostics.map(\.id) == ["nothing-selected"])
        #expect(project.plan(options).diagnostics.first?.hint?.contains("--model") == true)
        options = Self.options(["s a p small"])
        options.cases = ["r1"]
        #expect(project.plan(options).plan == nil)
        #expect(project.plan(options).diagnostics.first?.hint?.contains("fits --case") == true)
        options = Self.options([])
        #expect(project.plan(options).plan == nil)
        #expect(project.plan(options).diagnostics.first?.message == "there is nothing to run again")
    }

    @Test("options come back from what a run keeps of them")
    func json() throws {
        var options = Self.options(["s a p small 2", "s b p small"])
        options.models = ["large"]
        options.prompts = ["p"]
        options.cases = ["a*"]
        options.tags = ["smoke"]
        options.repetition = 4
        options.profile = "nightly"
        let text = JSONWriter.compact.text(of: .object(options.json))
        let members = try #require(try JSONParser().parse(text).object)
        let back = try #require(PlanOptions(json: members))
        #expect(back.json.keys == options.json.keys)
        #expect(JSONWriter.compact.text(of: .object(back.json)) == text)
        #expect(back.only == options.only && back.models == options.models && back.isNarrowing)
        #expect(PlanOptions().json.isEmpty)
        #expect(PlanOptions(json: [:])?.isNarrowing == false)
    }

    @Test(
        "options that are not understood are refused, not left out",
        arguments: [
            #"{"new": 1}"#, #"{"models": "a"}"#, #"{"cases": [1]}"#, #"{"repeat": 0}"#,
            #"{"only": [["s", "a", "p", "small"]]}"#, #"{"only": [["s", "a", "p", "small", 0]]}"#,
        ])
    func badJSON(text: String) throws {
        let members = try #require(try JSONParser().parse(text).object)
        #expect(PlanOptions(json: members) == nil)
    }
}
