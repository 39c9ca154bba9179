import Evals
import JSON

/// One model that gives embeddings of texts.
struct Embedder: Sendable {
    /// Asks for it.
    let interview: Interview
    /// The model.
    let model: ModelSpecification
    /// What the embeddings are for: the assertion's label.
    let label: String

    /// The option of types that compare embeddings.
    static let option = AssertionDescriptor.Option(
        name: "embeddings", schema: ["type": "string", "minLength": 1],
        summary: "The model whose embeddings are compared, in place of the one of the project's `judge:`.")

    /// The embeddings that an assertion needs: of the model it names, else of the project's.
    static func need(_ specification: AssertionSpecification) -> ModelNeed {
        ModelNeed(.embeddings, names: specification.options["embeddings"]?.string.map { [$0] })
    }

    /// The name of the model that an assertion's embeddings come from; nil when nobody names one.
    static func modelName(_ specification: AssertionSpecification, _ desk: JudgeDesk) -> String? {
        specification.options["embeddings"]?.string ?? desk.settings.embeddings
    }

    /// The embedder that an assertion names, else the project's.
    init(
        _ specification: AssertionSpecification, interview: Interview, label: String
    ) throws(EvaluationError) {
        guard let name = Self.modelName(specification, interview.desk) else {
            throw EvaluationError(
                .judge, "no model for embeddings is configured",
                hint: "add judge: {embeddings: NAME} to evalrun.yaml, or embeddings: NAME to the assertion")
        }
        self.interview = interview
        self.label = label
        model = try interview.desk.model(name)
    }

    /// How near each text is in meaning to the first one: the cosines of their embeddings, in order.
    ///
    /// A text is asked for once in an execution, whoever needs it. Without an error there is a cosine for each.
    func cosines(of text: String, to others: [String]) async throws(EvaluationError) -> [Double] {
        let vectors = try await vectors(of: [text] + others)
        var cosines: [Double] = []
        for vector in vectors.dropFirst() {
            guard let cosine = vectors[0].cosine(to: vector) else {
                throw EvaluationError(
                    .judge,
                    "the embeddings of '\(model.name)' can't be compared: one has \(vectors[0].dimension) numbers, "
                        + "another one \(vector.dimension)")
            }
            cosines.append(cosine)
        }
        return cosines
    }

    private func vectors(of texts: [String]) async throws(EvaluationError) -> [EmbeddingVector] {
        var textsByKey: [String: String] = [:]
        let keys = texts.map { text in
            let key = "embedding\u{0}\(model.name)\u{0}\(text)"
            textsByKey[key] = text
            return key
        }
        // Asked together, so that their numbers are given in their order: texts can be equal once they are redacted.
        let found = await interview.once(each: keys) { [textsByKey] new in
            let inquiries = new.map { key in
                Inquiry(
                    .embedding, to: model, messages: [Message(role: .user, text: textsByKey[key] ?? "")])
            }
            return await interview.ask(inquiries, label: label).map { answer in
                answer
                    .map { (try? JSONParser().parse($0.reply.content ?? "")) ?? .null }
                    .mapError { $0.said(by: "the embedding model '\(model.name)'") }
            }
        }
        var vectors: [EmbeddingVector] = []
        for result in found { vectors.append(try vector(try result.get())) }
        return vectors
    }

    private func vector(_ list: JSONValue) throws(EvaluationError) -> EmbeddingVector {
        do throws(EmbeddingVector.Mistake) {
            return try EmbeddingVector(list)
        } catch {
            throw EvaluationError(
                .judge, "the embedding model '\(model.name)' gave no embedding: \(error.message)",
                hint: "name a model for embeddings, such as one whose provider has an embeddings API")
        }
    }
}
