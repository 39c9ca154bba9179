import Evals
import JSON

/// What a user types to get a recording.
enum RecordCommand {
    /// What to do about a recording that is missing or stale: the command, and the line that it wants.
    static func hint(for request: ModelRequest) -> String {
        "bring the answer in with `evalrun fixtures import ANSWERS.jsonl`; its line:\n\(line(for: request))"
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
