/// The files that `evalrun init` writes.
enum StarterProject {
    /// A file of the project.
    struct File {
        /// Its path in the project.
        let path: String
        /// What it says.
        let text: String
    }

    /// All files.
    ///
    /// The answers stand in the suite itself or come from the built-in model `echo`, so that the project
    /// runs without network, key and recordings.
    static let files = [
        File(
            path: "evalrun.yaml",
            text: """
                # The project. Models are named here once; suites use the names.
                # Built-in models need nothing: `echo` answers with the last user message.
                # To ask a prompt without a suite: evalrun try greeting -v name=Ada -m echo
                defaults:
                  models: [echo]

                # models:
                #   small: {provider: openai, model: gpt-5-mini, parameters: {max_tokens: 400}}

                """),
        File(
            path: "prompts/greeting.prompt.yaml",
            text: """
                name: greeting
                version: 1
                description: Greets a customer by name.
                system: |
                  You greet customers of {{ product | default("Acme") }}. Be short and friendly.
                user: "Hello, I am {{ name }}."
                parameters: {max_tokens: 400}
                inputs:
                  product: {type: string, description: What we sell.}
                  name: {type: string, description: Who is greeted., max_length: 80}
                tags: [starter]

                """),
        File(
            path: "evalsuites/greeting.suite.yaml",
            text: """
                suite: greeting
                prompts: [greeting]
                defaults:
                  vars: {product: Acme}
                  assert:
                    - not-regex: "(?i)as an ai"       # each case starts with this expectation

                cases:
                  # `echo` answers with the prompt's user message: good for trying out assertions.
                  - id: says-the-name
                    vars: {name: Ada}
                    tags: [smoke]
                    assert:
                      - contains: Ada
                      - word-count: {max: 20}

                  # An answer captured elsewhere is graded as it is and never sent to a model.
                  - id: captured-answer
                    vars: {name: Grace}
                    response: {content: "Welcome to Acme, Grace! How can I help?", finish_reason: stop, latency_ms: 310}
                    assert:
                      - icontains-all: [welcome, grace]
                      - finish-reason: stop
                      - latency: 2000

                  # Each row of a file becomes a case.
                  - dataset: data/customers.csv
                    id: "{{ row.id }}"
                    vars: {name: "{{ row.name }}"}
                    tags: ["{{ row.lang }}"]
                    assert:
                      - contains: "{{ row.name }}"

                gates:
                  - {metric: pass_rate, min: 0.95}
                  - {metric: pass_rate, min: 1, where: {tags: smoke}}

                """),
        File(
            path: "evalsuites/data/customers.csv",
            text: """
                id,name,lang
                c1,Linus,en
                c2,"Marie, the second",fr
                c3,Søren,da

                """),
    ]
}
