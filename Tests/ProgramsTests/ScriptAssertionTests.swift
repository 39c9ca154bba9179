import Diagnostics
import Evals
import JSON
import Programs
import Testing

@Suite("python and javascript", .serialized)
struct ScriptAssertionTests {
    /// A piece of code, and what becomes of it on the answer "good".
    struct Code: Sendable, CustomStringConvertible {
        let type: String
        let code: String
        var threshold: Double?
        var passed: Bool?
        var score: Double?
        var says = ""
        var description: String { "\(type): \(code)" }
    }

    private static let files = [
        "check.py": """
        import os
        from helper import WORD
        print("noise")
        def get_assert(output, context):
            print("more noise")
            return {"pass": output == WORD, "score": 1 if output == WORD else 0, "reason": context["vars"]["name"]}
        def other(output, context):
            return len(output) / 10
        async def later(output, context):
            return output == "good"
        """,
        "helper.py": "WORD = 'good'\n",
        "check.js": """
        console.log('noise');
        module.exports = (output, context) => ({ pass: output === 'good', score: 0.5, reason: context.vars.name });
        module.exports.other = (output) => output.length / 10;
        """,
        "check.mjs":
            "export default async (output) => output === 'good';\nexport const other = () => 0.25;\n",
        "empty.py": "x = 1\n", "empty.js": "module.exports = 3;\n",
    ]

    private static let codes: [Code] = [
        Code(type: "python", code: "output == 'good'", passed: true, score: 1),
        Code(type: "python", code: "output == 'bad'", passed: false, score: 0),
        Code(type: "python", code: "output == context['vars']['word']\n", passed: true),
        Code(type: "python", code: "len(output) / 10", threshold: 0.3, passed: true, score: 0.4),
        Code(type: "python", code: "len(output) / 10", says: "threshold"),
        Code(
            type: "python", code: "import re\nif re.match('g', output):\n    return True\nreturn False",
            passed: true),
        Code(type: "python", code: "x = '''a\n  b'''\nreturn x == 'a\\n  b'", passed: true),
        Code(type: "python", code: "json.loads('[1]')[0] == 1 and {'a': {'b': 1}} is not None", passed: true),
        Code(type: "python", code: "return output == 'good'", passed: true),
        Code(type: "python", code: "(output ==\n 'good')", passed: true),
        Code(
            type: "python", code: "{'pass_': True, 'score': 0.5, 'named_scores': {'a': 1}, 'reason': 'ok'}",
            passed: true, score: 0.5, says: "ok"),
        Code(type: "python", code: "any(word in output for word in ['oo', context['prompt']])", passed: true),
        Code(type: "python", code: "print('noise') or True", passed: true),
        Code(type: "python", code: "file://check.py", passed: true, score: 1, says: "Ada"),
        Code(type: "python", code: "file://check.py:other", threshold: 0.5, passed: false, score: 0.4),
        Code(type: "python", code: "file://check.py:later", passed: true),
        Code(type: "python", code: "1 / 0", says: "ZeroDivisionError"),
        Code(type: "python", code: "x = 1\ny = x / 0\nreturn True", says: "line 2"),
        Code(type: "python", code: "output ==", says: "SyntaxError"),
        Code(type: "python", code: "x = 1\nx", says: "None"),
        Code(type: "python", code: "'true'", says: "true"),
        Code(type: "python", code: "float('nan')", threshold: 0.5, says: "number that is none"),
        Code(type: "python", code: "object()", says: "type object"),
        Code(type: "python", code: "import sys; sys.exit(0)", says: "SystemExit"),
        Code(type: "python", code: "import os\nos._exit(4)", says: "exit code 4"),
        Code(type: "python", code: "file://check.py:none", says: "no function none"),
        Code(type: "python", code: "file://empty.py", says: "get_assert"),
        Code(type: "javascript", code: "output === 'good'", passed: true, score: 1),
        Code(type: "javascript", code: "output === 'bad';", passed: false, score: 0),
        Code(type: "javascript", code: "output === context.vars.word\n", passed: true),
        Code(type: "javascript", code: "output.length / 10", threshold: 0.3, passed: true, score: 0.4),
        Code(type: "javascript", code: "output.length / 10", says: "threshold"),
        Code(
            type: "javascript", code: "if (output.startsWith('g')) {\n  return true;\n}\nreturn false;",
            passed: true),
        Code(type: "javascript", code: "const s = output; s === 'good'", passed: true),
        Code(type: "javascript", code: "const s = 'a;b'; s === 'a;b'", passed: true),
        Code(
            type: "javascript",
            code: "let s = output.replace(/[;/]/g, ';'); ({ pass: s === 'good', score: 1, reason: 'r' })",
            passed: true, says: "r"),
        Code(type: "javascript", code: "return output === 'good'", passed: true),
        Code(
            type: "javascript", code: "output.includes('g'); return output.includes('zzz')", passed: false,
            score: 0),
        Code(type: "javascript", code: "const a = 1; return output.includes('zzz')", passed: false, score: 0),
        Code(
            type: "javascript", code: "if (output.includes('zzz')) return true; return false", passed: false,
            score: 0),
        Code(type: "javascript", code: "let a = 1; a = 2; output === 'bad'", passed: false, score: 0),
        Code(type: "javascript", code: "JSON.stringify = () => 'true'; false", passed: false, score: 0),
        Code(type: "javascript", code: "output === 'good' &&\n  context.vars.name === 'Ada'", passed: true),
        Code(type: "javascript", code: "Promise.resolve(output === 'good')", passed: true),
        Code(
            type: "javascript", code: "({ pass: true, score: 0.5, reason: 'ok', namedScores: { a: 1 } })",
            passed: true, score: 0.5, says: "ok"),
        Code(
            type: "javascript",
            code: "JSON.stringify(context.config) === 'null' && require('path').sep === '/'", passed: true),
        Code(
            type: "javascript",
            code: "process.mainModule.require('path').sep === '/' && Object.keys(process.env).length < 3",
            passed: true),
        Code(type: "javascript", code: "console.log('noise') === undefined", passed: true),
        Code(type: "javascript", code: "file://check.js", passed: true, score: 0.5, says: "Ada"),
        Code(type: "javascript", code: "file://check.js:other", threshold: 0.3, passed: true, score: 0.4),
        Code(type: "javascript", code: "file://check.mjs", passed: true),
        Code(type: "javascript", code: "file://check.mjs:other", threshold: 0.5, passed: false, score: 0.25),
        Code(type: "javascript", code: "nothing.here", says: "ReferenceError"),
        Code(type: "javascript", code: "output ==", says: "SyntaxError"),
        Code(type: "javascript", code: "const s = output;\ns === 'good';", says: "undefined"),
        Code(type: "javascript", code: "'true'", says: "true"),
        Code(type: "javascript", code: "NaN", threshold: 0.5, says: "NaN"),
        Code(type: "javascript", code: "process.exit(0)", says: "without an answer"),
        Code(type: "javascript", code: "process.exit(5)", says: "exit code 5"),
        Code(type: "javascript", code: "file://check.js:none", says: "no function none"),
        Code(type: "javascript", code: "file://empty.js", says: "exports no function"),
    ]

    private static func isThere(_ type: String) -> Bool {
        let interpreter = type == "python" ? "python3" : "node"
        if Workshop.has(interpreter) { return true }
        print("skipped: there is no \(interpreter)")
        return false
    }

    private static let subject = Subject(
        reply: Reply(content: "good"), messages: [Message(role: .user, text: "Say good")],
        variables: ["word": "good", "name": "Ada"])

    @Test("code as in suites of promptfoo", arguments: codes)
    func code(code: Code) async throws {
        guard Self.isThere(code.type) else { return }
        let shop = try Workshop(Self.files)
        let specification = Workshop.specification(code.type, .string(code.code), threshold: code.threshold)
        let result = try #require(try await shop.results(specification, [Self.subject]).first)
        let text = result.reason + (result.error?.hint ?? "")
        #expect(text.contains(code.says), "\(text)")
        guard let passed = code.passed else {
            #expect(result.error?.kind == .assertion && !result.passed, "\(result)")
            return
        }
        #expect(result.error == nil && result.passed == passed, "\(result)")
        if let score = code.score { #expect(result.score == score) }
        #expect(shop.text("__pycache__") == nil)
    }

    @Test(
        "code is compiled once and called for each case by shared workers",
        arguments: ["python", "javascript"])
    func shared(type: String) async throws {
        guard Self.isThere(type) else { return }
        let shop = try Workshop([
            "count.py":
                "n = 0\ndef get_assert(output, context):\n    global n\n    n += 1\n    return {'pass': True, 'reason': str(n)}\n",
            "count.js": "let n = 0;\nmodule.exports = () => ({ pass: true, reason: String(++n) });\n",
        ])
        let file = type == "python" ? "file://count.py" : "file://count.js"
        let results = try await shop.results(
            Workshop.specification(type, .string(file)), Array(repeating: Self.subject, count: 200))
        #expect(results.map(\.reason) == (1...200).map { "\($0)" })
    }

    @Test(
        "a snippet that does not end is killed, and the next case goes on",
        arguments: ["python", "javascript"])
    func endless(type: String) async throws {
        guard Self.isThere(type) else { return }
        let shop = try Workshop()
        let code =
            type == "python"
            ? "while 'bad' in output:\n    pass\nreturn True"
            : "while (output.includes('bad')) {}\nreturn true;"
        let bad = Subject(reply: Reply(content: "bad"))
        let results = try await shop.results(
            Workshop.specification(type, .string(code), options: ["timeout_ms": 3000]),
            [Self.subject, bad, Self.subject])
        #expect(results.map(\.passed) == [true, false, true], "\(results)")
        #expect(results[1].error != nil && results[1].reason.contains("3000 ms"))
    }

    @Test(
        "what is wrong with a snippet is found when it is loaded",
        arguments: [
            ("python", "", "no code"), ("python", ["a"], "code as a text"),
            ("python", "file://none.py", "no file"),
            ("python", "file:///etc/x.py", "absolute"), ("python", "file://../x.py", "leads out"),
            ("javascript", "file://check.js:", "no function behind"),
            ("javascript", "output.includes('{{expected}}')", "template"),
            ("python", "'{{ row.text }}' in output", "template"),
        ] as [(String, JSONValue, String)])
    func invalid(type: String, value: JSONValue, message: String) throws {
        guard Self.isThere(type) else { return }
        let shop = try Workshop(Self.files)
        let mistake = shop.mistake(Workshop.specification(type, value))
        #expect(mistake?.message.contains(message) == true, "\(String(describing: mistake))")
    }

    @Test("an interpreter that is missing is found when the suite is loaded")
    func missing() throws {
        let programs = ProgramAssertions(
            access: .granted(ProgramHost(folder: "/") { _ in nil }), searchPath: "/nowhere")
        for descriptor in programs.descriptors.dropFirst() {
            #expect(throws: (any Error).self) {
                try descriptor.compile(Workshop.specification(descriptor.name, "true"))
            }
        }
    }

    @Test("code that is true whatever the answer is, is vacuous")
    func vacuity() throws {
        guard Self.isThere("python") else { return }
        let shop = try Workshop()
        for (code, isNegated, isVacuous) in [
            ("True", false, true), ("True", true, false), ("false", true, true), ("output", false, false),
        ] {
            let specification = Workshop.specification("python", .string(code), isNegated: isNegated)
            #expect((try shop.catalog.compile(specification).vacuity != nil) == isVacuous, "\(code)")
        }
    }
}
