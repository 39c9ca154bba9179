import Assertions
import JSON
import JSONSchema
import Suites
import Testing
import YAML

@Suite("Schemas for editors")
struct SchemaEmitterTests {
    private func violations(_ document: SchemaEmitter.Document, _ text: String) throws -> [String] {
        let schema = try CompiledSchema(SchemaEmitter(catalog: .standard).schema(of: document))
        let root = try #require(YAMLReader.parse(Array(text.utf8), file: "x.yaml").root)
        return try schema.validate(Self.json(root)).map(\.message)
    }

    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.kind {
        case .sequence(let items): return .array(items.map(json))
        case .mapping(let entries): return .object(JSONObject(entries.map { ($0.keyText, json($0.value)) }))
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .integer(let value): return .integer(value)
            case .double(let value, _): return .double(value)
            default: return .string(scalar.text)
            }
        }
    }

    private static let prompt = """
        name: support_reply
        version: 4
        system_prompt: x
        template: "{{ question }}"
        temperature: 0.1
        examples: [{user: a, assistant: b}]
        output_schema: {type: object}
        tools: [{name: f, parameters: {}}, {type: function, function: {name: g}}]
        inputs: {question: {type: [string, "null"], max_length: 10}}
        tags: [production]
        changelog: [{version: 4, why: shorter}]
        """
    private static let suite = """
        suite: support
        prompts: [support_reply]
        models: [small, {model: candidate, advisory: true}]
        repeat: 1
        defaults: {vars: {product: Acme}, assert: [{schema: prompt}, {finish-reason: stop}, {use: a.yaml}, is-json]}
        cases:
          - id: late-parcel
            vars: {question: x}
            tags: [smoke]
            history: [{role: user, content: hello}]
            assert:
              - contains: parcel
              - not-regex: "(?i)as an ai"
              - {type: contains, value: x, weight: 2, metric: tone}
              - {equals: x, select: $.reply, weight: 0}
              - {latency: 5000}
              - {equals: x, transform: trim}
              - {equals: x, transform: [strip-code-fence, {regex-extract: 'a(.)'}, {select: $.a}], xpath: //a}
              - contains-json: "type: object\\n"
              - contains-xml: {requiredElements: [a.b]}
              - not-contains-html
              - {word-count: "{{ n }}"}
              - assert-set: [{contains: x}, {not-contains: y}]
                threshold: 0.5
            quarantine: {until: 2026-12-31, owner: me, reason: flaky}
          - dataset: {file: data/tickets.csv, where: "row.lang == 'en'", limit: 500, sample: 5%}
            vars: row
            assert: [{equals: "{{ row.label }}"}]
            repeat: {samples: 5, pass: 4}
        traces:
          id: "{{ row.id }}"
          response: {content: "{{ row.output }}"}
          question: "{{ row.q }}"
          assert: [{not-contains: sorry}]
        gates:
          - {metric: pass_rate, min: 0.95, where: {tags: [a, b], row.team: blue}, over: suite, level: warn}
        """
    private static let project = """
        defaults: {models: [small]}
        models:
          gateway: {provider: lite, model: x, identity: y, price_as: z, fallback: [small], parameters: {max_tokens: 4}}
        providers:
          openai: {api_key_env: K, timeout_s: 30, retry: {attempts: 3, base_s: 1}, breaker: 10, limits: {rpm: 5}}
        judge: {model: judge}
        prices: prices.yaml
        redact: ['x']
        profiles: {nightly: {mode: live, models: [small], repeat: 5, max_usd: 40}}
        """

    @Test(
        "valid files fit",
        arguments: [(SchemaEmitter.Document.prompt, prompt), (.suite, suite), (.project, project)])
    func valid(document: SchemaEmitter.Document, text: String) throws {
        #expect(try violations(document, text).isEmpty)
    }

    @Test(
        "others do not",
        arguments: [
            (SchemaEmitter.Document.prompt, "name: p\nusr: x"), (.prompt, "name: p\nuser: 5"),
            (.prompt, "name: p\ninputs: {a: {typ: string}}"), (.prompt, "name: 'a b'"),
            (.suite, "suite: s\npromts: []"), (.suite, "suite: s\ncases: [{id: a, asserts: []}]"),
            (.suite, "suite: s\ncases: [{id: a, assert: [{contians: x}]}]"),
            (.suite, "suite: s\ncases: [{id: a, assert: [contains]}]"),
            (.suite, "suite: s\ncases: [{id: a, assert: [{contains: x, transform: trimm}]}]"),
            (.suite, "suite: s\ncases: [{id: a, assert: [{contains: x, transform: [{regex: x}]}]}]"),
            (.suite, "suite: s\ncases: [{id: a, assert: [{contains: x, xpath: [a]}]}]"),
            (.suite, "suite: s\ngates: [{metric: pass_rate, mni: 1}]"), (.suite, "suite: s\nrepeat: 0"),
            (.suite, "suite: s\ncases: [{id: a, quarantine: {until: soon}}]"),
            (.suite, "suite: s\ntraces: [{response: x}]"), (.suite, "suite: s\ntraces: {respons: x}"),
            (.suite, "suite: s\ntraces: {response: x, dataset: a.jsonl}"),
            (.suite, "suite: s\ntraces: {response: x, repeat: 2}"),
            (.suite, "suite: s\ntraces: {response: x, assert: [{contians: x}]}"),
            (.project, "modles: {}"), (.project, "models: {a: {provider: x, modell: y}}"),
            (.project, "profiles: {n: {mode: fast}}"),
        ])
    func invalid(document: SchemaEmitter.Document, text: String) throws {
        #expect(try !violations(document, text).isEmpty)
    }
}
