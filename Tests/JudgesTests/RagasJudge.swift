import Evals
import JSON

@testable import Judges

/// Plays the judge and the embedding model of the metrics of Ragas, by what the texts of a question say.
struct RagasJudge: Sendable {
    /// The statements of each text.
    var statements: [String: [String]] = [:]
    /// The statements and sentences that each text supports.
    var supports: [String: Set<String>] = [:]
    /// The retrieved texts that are useful.
    var useful: Set<String> = []
    /// The questions that an answer seems to answer, and whether it is noncommittal.
    var questions: [(text: String, isNoncommittal: Bool)] = []
    /// The embedding of each text.
    var vectors: [String: [Double]] = [:]
    /// Changes the list of verdicts on statements before it is sent.
    var spoil: @Sendable (inout [JSONValue]) -> Void = { _ in }

    /// The model that plays it.
    var model: ScriptedModel {
        ScriptedModel { request in
            if request.site.purpose.hasPrefix("embedding/") {
                return .says(.array((vectors[request.text] ?? []).map { .double($0) }))
            }
            return .says(answer(to: request))
        }
    }

    private func answer(to request: ModelRequest) -> JSONValue {
        if request.text.contains("number: ") {
            return [
                "questions": .array(
                    questions.map {
                        ["question": .string($0.text), "noncommittal": .bool($0.isNoncommittal)]
                    })
            ]
        }
        let context = request.block("context") ?? ""
        if request.block("target") != nil {
            return ["reason": "because", "useful": .bool(useful.contains(context))]
        }
        for (items, property) in [("statements", "supported"), ("sentences", "attributable")] {
            guard let list = request.block(items) else { continue }
            var verdicts = list.split(separator: "\n").map { line -> JSONValue in
                let item = (try? JSONParser().parse(String(line))) ?? .null
                let text = item["text"]?.string ?? ""
                return .object(pairs: [
                    ("index", item["index"] ?? .null), ("reason", "because"),
                    (property, .bool(supports[context]?.contains(text) == true)),
                ])
            }
            spoil(&verdicts)
            return ["verdicts": .array(verdicts)]
        }
        let found = statements[request.block("text") ?? ""] ?? []
        return ["statements": .array(found.map { .string($0) })]
    }
}

extension ModelRequest {
    /// True when a judge is asked, and not for an embedding.
    var isForJudge: Bool { site.purpose.hasPrefix("judge/") }
}
