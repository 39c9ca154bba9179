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
        let results = await withTaskGroup(of: (Int, Result<EmbeddingVector, EvaluationError>).self) { group in
            for (index, text) in texts.enumerated() {
                group.addTask {
                    do throws(EvaluationError) {
                        return (index, .success(try await vector(of: text)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results = [Result<EmbeddingVector, EvaluationError>?](repeating: nil, count: texts.count)
            for await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
        var vectors: [EmbeddingVector] = []
        for result in results { vectors.append(try result.get()) }
        return vectors
    }

    private func vector(of text: String) async throws(EvaluationError) -> EmbeddingVector {
        let key = "embedding\u{0}\(model.name)\u{0}\(text)"
        let list = try await interview.once(key) { () async throws(EvaluationError) -> JSONValue in
            let inquiry = Inquiry(.embedding, to: model, messages: [Message(role: .user, text: text)])
            let reply: Reply
            do throws(EvaluationError) {
                reply = try await interview.ask(inquiry, label: label).reply
            } catch {
                throw error.said(by: "the embedding model '\(model.name)'")
            }
            return (try? JSONParser().parse(reply.content ?? "")) ?? .null
        }
        do throws(EmbeddingVector.Mistake) {
            return try EmbeddingVector(list)
        } catch {
            throw EvaluationError(
                .judge, "the embedding model '\(model.name)' gave no embedding: \(error.message)",
                hint: "name a model for embeddings, such as one whose provider has an embeddings API")
        }
    }
}
