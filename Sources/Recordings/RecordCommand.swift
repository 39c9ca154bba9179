import Diagnostics
import Evals
import JSON

/// What a user types to get a recording.
enum RecordCommand {
    /// What to do about a recording that is missing or stale: the command that records it, or the line to import.
    ///
    /// What was asked about an answer can't be imported: it is recorded with the answer's case.
    static func hint(for request: ModelRequest) -> String {
        let record = record(request)
        guard request.site.purpose == "answer" else { return "record it with `\(record)`" }
        return """
            record it with `\(record)`
            or import it with `evalrun fixtures import ANSWERS.jsonl`; its line:
            \(line(for: request))
            """
    }

    /// The command that records the answers of the request's case on its model, and what is asked about them.
    ///
    /// A case that brings its answer along is on a model that nobody can choose.
    static func record(_ request: ModelRequest) -> String {
        let site = request.site
        let words = [site.suite, site.caseID, site.model].map { ShellWord.quoted($0) }
        let command = "evalrun record \(words[0]) --case \(words[1])"
        return site.model == ModelSpecification.given.name ? command : command + " --model \(words[2])"
    }

    /// The line of an answers file for a request, with `…` in place of the answer.
    static func line(for request: ModelRequest) -> String {
        let site = request.site
        var members: JSONObject = [
            "suite": .string(site.suite), "case": .string(site.caseID), "prompt": .string(site.prompt),
            "model": .string(site.model),
        ]
        if request.sample > 1 { members["sample"] = .integer(request.sample) }
        if site.step > 1 { members["step"] = .integer(site.step) }
        members["content"] = "…"
        return JSONWriter.spaced.text(of: .object(members))
    }
}
