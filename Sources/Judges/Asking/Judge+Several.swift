import Evals
import JSON

extension Judge {
    /// The verdicts on several questions, asked at the same time, in the order of the questions.
    ///
    /// Equal questions are asked once, so that what is recorded does not depend on which of them comes first. When
    /// verdicts are missing, the first error in the order of the questions is thrown.
    func ask(_ questions: [JudgeQuestion]) async throws(EvaluationError) -> [Verdict] {
        var places: [JSONValue: Int] = [:]
        var distinct: [JudgeQuestion] = []
        let order = questions.map { question -> Int in
            let variables = question.promptVariables(masking: interview.desk.masked)
            let identity: JSONValue = [.string(question.prompt), .object(variables)]
            if let place = places[identity] { return place }
            places[identity] = distinct.count
            distinct.append(question)
            return distinct.count - 1
        }
        let results = await withTaskGroup(of: (Int, Result<Verdict, EvaluationError>).self) { group in
            for (index, question) in distinct.enumerated() {
                group.addTask {
                    do throws(EvaluationError) {
                        return (index, .success(try await ask(question)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results = [Result<Verdict, EvaluationError>?](repeating: nil, count: distinct.count)
            for await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
        var verdicts: [Verdict] = []
        for index in order { verdicts.append(try results[index].get()) }
        return verdicts
    }
}
