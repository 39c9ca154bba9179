import Foundation
import JSON
import StubServer

extension LiveProject {
    /// Writes a project of cases, settings and prompts that a test words itself; the prompt is `p`, the suite `s`.
    ///
    /// - Parameters:
    ///   - settings: The text of `evalrun.yaml`.
    ///   - cases: The cases, a line each.
    ///   - head: The lines between the suite's name and its cases.
    ///   - files: Further files.
    init(
        settings: String, cases: [String], gates: [String] = [], head: String = "models: [small]",
        files: [String: String] = [:]
    ) throws {
        self.init(
            project: try Sample.project(
                cases, gates: gates, head: head, more: files.merging(["evalrun.yaml": settings]) { $1 }))
    }

    /// The settings of one provider `stub` and its models.
    ///
    /// - Parameters:
    ///   - models: Lines such as `small: {provider: stub, model: gpt-5-mini}`.
    ///   - provider: More keys of the provider.
    ///   - more: More lines of the file.
    static func settings(
        _ url: String,
        models: [String] = ["small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}"],
        provider: String = "", retry: String = "{attempts: 2, base_s: 0.001, cap_s: 0.002}", more: String = ""
    ) -> String {
        let keys = provider.isEmpty ? "" : ", " + provider
        return """
            models:
            \(models.map { "  \($0)\n" }.joined())providers:
              stub: {type: openai-compatible, base_url: "\(url)/v1", api_key_env: STUB_KEY, retry: \(retry)\(keys)}
            \(more)

            """
    }

    /// Cases `c1`, `c2`, … that ask `question 1`, `question 2`, … and are content with every answer.
    static func cases(_ numbers: ClosedRange<Int>, _ more: String = "") -> [String] {
        numbers.map {
            "{id: c\($0), vars: {q: {text: question \($0)}}, assert: [{not-equals: no model says this}]\(more)}"
        }
    }

    /// A server that answers question N with `answer N`.
    static func answering(
        _ handler: @escaping @Sendable (StubRequest) -> StubReply? = { _ in nil }
    ) throws -> StubServer {
        try StubServer { request in
            handler(request)
                ?? .json(200, completion("answer \(number(request) ?? 0)"))
        }
    }

    /// The number of the question that a request asks.
    static func number(_ request: StubRequest) -> Int? {
        guard let range = request.text.range(of: "question ") else { return nil }
        return Int(request.text[range.upperBound...].prefix { $0.isNumber })
    }

    /// The numbers of the questions that a server was asked from one request on, sorted.
    static func numbers(_ server: StubServer, after count: Int = 0) -> [Int] {
        server.requests.dropFirst(count).compactMap(number).sorted()
    }
}

extension RunFile {
    /// All but `run`, without members that may differ between two runs, wherever they stand.
    func without(_ keys: String...) -> String {
        var members: [(String, JSONValue)] = []
        for (key, member) in value.object ?? [:] where key != "run" { members.append((key, member)) }
        return JSONWriter.compact.text(of: Self.pruned(.object(pairs: members), Set(keys)))
    }

    private static func pruned(_ value: JSONValue, _ keys: Set<String>) -> JSONValue {
        if let list = value.array { return .array(list.map { pruned($0, keys) }) }
        guard let object = value.object else { return value }
        var members: [(String, JSONValue)] = []
        for (key, member) in object where !keys.contains(key) { members.append((key, pruned(member, keys))) }
        return .object(pairs: members)
    }

    /// What was answered, by `case#sample model`.
    var outputs: [String: String] {
        var found: [String: String] = [:]
        for execution in executions {
            let place =
                "\(execution["case"]?.string ?? "?")#\(execution["sample"]?.integer ?? 0)"
                + " \(execution["model"]?.string ?? "?")"
            found[place] = execution["output"]?.string
        }
        return found
    }

    /// Where the answers came from, in order.
    var sources: [String] { executions.map { $0["source"]?.string ?? "–" } }
}
