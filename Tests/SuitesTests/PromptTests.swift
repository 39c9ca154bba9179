import Evals
import JSON
import Suites
import Testing

@Suite("Prompts")
struct PromptTests {
    /// The one case of a project with a prompt of this text.
    private func request(_ prompt: String, name: String = "p", case extra: String = "") throws -> ModelRequest
    {
        let project = try TemporaryProject([
            "prompts/p.prompt.yaml": prompt, "prompts/photo.png": "image",
            "prompts/partials/tone.md": "Be {{ tone }}.",
            "evalsuites/s.suite.yaml": """
            suite: s
            prompts: [\(name)]
            models: [echo]
            cases:
              - id: a
                vars: {tone: kind, x: "{{ x }} {% x %}"}
                assert: [{contains: x}]
            \(extra)

            """,
        ])
        let cases = try project.cases()
        return try #require(cases.first?.trials.first).request.get()
    }

    @Test("calls of tools and their results stand in messages, in the short and the long spelling")
    func toolMessages() throws {
        let request = try request(
            """
            name: p
            messages:
              - {role: user, content: Weather?}
              - role: assistant
                tool_calls:
                  - {id: c1, name: weather, arguments: {city: Oslo}}
                  - {id: c2, type: function, function: {name: weather, arguments: '{"city": "Rome"}'}}
              - {role: tool, tool_call_id: c1, content: cold}
              - {role: tool, tool_call_id: c2, content: warm}

            """)
        #expect(
            request.messages.map(\.json) == [
                ["role": "user", "content": "Weather?"],
                [
                    "role": "assistant", "content": [],
                    "tool_calls": [
                        ["id": "c1", "name": "weather", "arguments": ["city": "Oslo"]],
                        ["id": "c2", "name": "weather", "arguments": "{\"city\": \"Rome\"}"],
                    ],
                ],
                ["role": "tool", "content": "cold", "tool_call_id": "c1"],
                ["role": "tool", "content": "warm", "tool_call_id": "c2"],
            ])
    }

    @Test("a prompt written elsewhere loads unchanged")
    func guide() throws {
        let project = try TemporaryProject([
            "prompts/classify_sentiment.yaml": """
            name: classify_sentiment
            version: 3
            model: claude-sonnet-4-20260510
            system_prompt: |
              Classify the sentiment of the text.
              Answer with one word.
            temperature: 0.1
            max_tokens: 10
            output_schema:
              type: string
              enum: [positive, negative, neutral]
            tags: [production, classification]

            """,
            "evalsuites/s.suite.yaml": """
            suite: s
            prompts: [classify_sentiment]
            models: [echo]
            cases:
              - id: a
                input: I like it.
                assert: [{schema: prompt}]

            """,
        ])
        let (workspace, diagnostics) = project.load()
        #expect(diagnostics.isEmpty, "\(project.rendered(diagnostics))")
        let prompt = try #require(workspace.prompts.first)
        #expect(prompt.name == "classify_sentiment" && prompt.version == "3" && !prompt.isVersionAutomatic)
        #expect(prompt.parameters == ["temperature": 0.1, "max_tokens": 10])
        #expect(prompt.tags == ["production", "classification"])
        #expect(prompt.model?.name == "claude-sonnet-4-20260510")
        let trial = try #require(try project.cases().first?.trials.first)
        let request = try trial.request.get()
        #expect(request.messages.map(\.role) == [.system, .user])
        #expect(request.messages[0].text == "Classify the sentiment of the text.\nAnswer with one word.\n")
        #expect(request.messages[1].text == "I like it.")
        #expect(request.outputSchema?["enum"] == ["positive", "negative", "neutral"])
        #expect(try trial.assertions.get().count == 1)
    }

    @Test("an unknown default model is a mistake only when it is used")
    func unusedModel() throws {
        let project = try TemporaryProject([
            "prompts/p.prompt.yaml": "name: p\nuser: hello\nmodel: no-such-model\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\ncases:\n  - id: a\n    assert: [{contains: x}]\n",
        ])
        #expect(project.mistakes().contains("error[unknown-model]: there is no model 'no-such-model'"))
        var options = PlanOptions()
        options.models = ["echo"]
        #expect(project.mistakes(options).isEmpty)
    }

    @Test(
        "both spellings say the same",
        arguments: [
            ("name: p\nsystem: S\nuser: U\n", "name: p\nsystem_prompt: S\ntemplate: U\n"),
            (
                "name: p\nuser: U\nparameters: {stop: [a], seed: 1}\n",
                "name: p\nuser: U\nstop: [a]\nseed: 1\n"
            ),
            (
                "name: p\nsystem: S\nuser: U\n",
                "name: p\nmessages: [{role: system, content: S}, {role: user, content: U}]\n"
            ),
            (
                "name: p\nuser: U\ntools: [{name: f, description: d, parameters: {type: object}}]\n",
                "name: p\nuser: U\ntools: [{type: function, function: {name: f, description: d, parameters: {type: object}}}]\n"
            ),
        ])
    func spellings(one: String, other: String) throws {
        #expect(try request(one) == request(other))
    }

    @Test("examples and history stand before the last user message")
    func order() throws {
        let request = try request(
            """
            name: p
            messages:
              - {role: system, content: S}
              - {role: user, content: first}
              - {role: assistant, content: A}
              - {role: user, content: "last {{ tone }}"}
            examples: [{user: "E {{ tone }}", assistant: F}]

            """, case: "    history: [{role: user, content: \"H {{ tone }}\"}, {role: assistant, content: I}]"
        )
        #expect(
            request.messages.map(\.text) == [
                "S", "first", "A", "E kind", "F", "H {{ tone }}", "I", "last kind",
            ])
        #expect(request.messages.map(\.role).last == .user)
    }

    @Test("parts, images and includes")
    func parts() throws {
        let request = try request(
            """
            name: p
            messages:
              - role: user
                content:
                  - text: "Look: {% include 'partials/tone.md' %}"
                  - image: photo.png

            """)
        guard case .image(let path, let hash)? = request.messages.first?.parts.last else {
            Issue.record("no image")
            return
        }
        #expect(request.messages[0].text == "Look: Be kind.")
        #expect(path == "prompts/photo.png" && hash.count == 64)
    }

    @Test("braces in data are never interpreted")
    func data() throws {
        #expect(try request("name: p\nuser: \"<{{ x }}>\"\n").messages[0].text == "<{{ x }} {% x %}>")
    }

    @Test("parameters of the model and of the prompt are merged, the prompt's winning")
    func parameters() throws {
        let project = try TemporaryProject([
            "evalrun.yaml":
                "models: {m: {provider: openai, model: x, parameters: {max_tokens: 5, seed: 1}}}\n",
            "prompts/p.prompt.yaml": "name: p\nuser: hello\nmax_tokens: 9\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\nmodels: [m]\ncases:\n  - id: a\n    assert: [{contains: x}]\n",
        ])
        let request = try #require(try project.cases().first?.trials.first).request.get()
        #expect(request.parameters == ["max_tokens": 9, "seed": 1])
    }

    @Test("a version that nobody wrote is the hash of the content, whatever comments and layout say")
    func automaticVersion() throws {
        func version(_ text: String) throws -> String {
            let project = try TemporaryProject(["prompts/p.prompt.yaml": text])
            let prompt = try #require(project.load().workspace.prompts.first)
            #expect(prompt.isVersionAutomatic)
            return prompt.version
        }
        let first = try version("name: p\nuser: hello\n")
        #expect(first.count == 12)
        #expect(try version("# note\nname:   p\nuser: 'hello'\n") == first)
        #expect(try version("name: p\nuser: hello!\n") != first)
    }

    @Test(
        "what a prompt declares is checked",
        arguments: [
            ("{type: integer}", "3", ""), ("{type: integer}", "3.5", "must be of type integer"),
            ("{type: number}", "3", ""), ("{type: [string, 'null']}", "null", ""),
            ("{type: string, max_length: 2}", "abc", "at most 2"), ("{minimum: 1}", "0", "must be from 1"),
            ("{enum: [a, b]}", "b", ""), ("{enum: [a, b]}", "c", "must be one of"),
        ])
    func inputs(declaration: String, value: String, complaint: String) throws {
        let project = try TemporaryProject([
            "prompts/p.prompt.yaml":
                "name: p\nversion: 1\nuser: \"{{ v | tojson }}\"\ninputs: {v: \(declaration)}\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\nmodels: [echo]\ncases:\n  - id: a\n    vars: {v: \(value)}\n    assert: [{contains: x}]\n",
        ])
        let mistakes = project.mistakes()
        #expect(complaint.isEmpty ? mistakes.isEmpty : mistakes.contains(complaint), "\(mistakes)")
    }
}
