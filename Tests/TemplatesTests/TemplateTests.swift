import Diagnostics
import JSON
import Templates
import Testing

/// Variables from JSON text.
func variables(_ text: String) throws -> TemplateContext {
    TemplateContext(try JSONParser().parse(text).object ?? [:])
}

/// The mistake a template makes when parsed or rendered; nil when it makes none.
func mistake(_ source: String, _ json: String = "{}") throws -> Diagnostic? {
    do {
        _ = try Template(source, name: "p.yaml").render(try variables(json))
        return nil
    } catch let error as DiagnosticError {
        return error.diagnostics.first
    } catch let error as TemplateError {
        return error.diagnostic
    }
}

@Suite("Templates")
struct TemplateTests {
    @Test(
        "text without syntax is its own rendering",
        arguments: ["", "plain", "a { b } %} }} #}", "Zeile\n\n é😀", "{ {x} }", "100% {a: [1]}"])
    func identity(text: String) throws {
        let template = try Template(text, name: "p.yaml")
        #expect(template.isConstant && !Template.hasSyntax(text))
        #expect(try template.render(TemplateContext()) == text)
    }

    @Test(
        "what differs from Jinja on purpose",
        arguments: [
            ("{{ true }} {{ x }} {{ 1 == 1 }}", "true false true"),
            ("{{ d | tojson }}", #"{"b": "é<&>'", "a": [1, 2.0, null]}"#),
            (
                "{{ d | tojson(indent=2) }}",
                "{\n  \"b\": \"é<&>'\",\n  \"a\": [\n    1,\n    2.0,\n    null\n  ]\n}"
            ),
            ("{{ braces }}", "{{ x }}{% if %}"), ("{{ row.items }}", "7"),
            ("{{ big }}", "123456789012345678901"),
            ("{{ none | tojson }}", "null"), ("a\r\nb\rc{{ x }}", "a\nb\ncfalse"),
        ])
    func differences(source: String, expected: String) throws {
        let context = try variables(
            #"{"x": false, "d": {"b": "é<&>'", "a": [1, 2.0, null]}, "braces": "{{ x }}{% if %}", "row": {"items": 7}, "big": 123456789012345678901}"#
        )
        #expect(try Template(source, name: "p.yaml").render(context) == expected)
    }

    @Test("free names and whether they must be given")
    func freeVariables() throws {
        let source = """
            {% set local = given %}{{ local }}{% for x in xs %}{{ x }}{{ loop.index }}{% else %}{{ y }}{% endfor %}
            {% if maybe is defined %}{{ other | default(fallback) }}{% endif %}{{ both is defined }}{{ both }}
            {% if a %}{% set t = 1 %}{% endif %}{{ t }}{% if a %}{% set u = 1 %}{% else %}{% set u = 2 %}{% endif %}{{ u }}
            {{ deep.x | default(1) }}
            """
        let found = try Template(source, name: "p.yaml").freeVariables
        let names = found.map { $0.name + ($0.isOptional ? "?" : "") }
        #expect(names == ["given", "xs", "y", "maybe?", "other?", "fallback", "both", "a", "t?", "deep"])
        #expect(found.first?.mark == SourceMark(file: "p.yaml", line: 1, column: 16))
    }

    @Test(
        "a lone expression keeps its type",
        arguments: [
            ("{{ xs }}", "[1,2]"), (" {{ n }}\n", "null"), ("{{ xs }}!", nil), ("{{ 1 }}{{ 2 }}", #""12""#),
            ("plain", #""plain""#), ("{{ xs | first }}", "1"), ("{# c #}{{ 1.5 }}", "1.5"),
        ] as [(String, String?)])
    func renderValue(source: String, expected: String?) throws {
        let template = try Template(source, name: "p.yaml")
        let value = try? template.renderValue(try variables(#"{"xs": [1, 2], "n": null}"#))
        #expect(value?.description == expected)
    }

    @Test("marks count from where the text begins in its file")
    func marks() throws {
        let origin = TemplateOrigin(file: "a.yaml", line: 4, column: 3, indentation: 2)
        let template = try Template("é {{ a }}\n  {{ b.c }}", origin: origin)
        #expect(template.freeVariables.map(\.mark.description) == ["a.yaml:4:8", "a.yaml:5:8"])
        do {
            _ = try template.render(try variables(#"{"a": 1, "b": {"cc": 1}}"#))
            Issue.record("must fail")
        } catch {
            let diagnostic = try #require((error as? TemplateError)?.diagnostic)
            #expect(diagnostic.mark == SourceMark(file: "a.yaml", line: 5, column: 10))
            #expect(diagnostic.message == "'b.c' is undefined")
            #expect(diagnostic.hint == "did you mean 'cc'?")
        }
    }

    @Test("all mistakes of a file are reported together")
    func allMistakes() throws {
        do {
            _ = try Template(
                "{{ a | uper }}{% if %}x{% endif %}{{ b is odds }}{% fro %}{% for x in y %}", name: "p")
            Issue.record("must fail")
        } catch {
            #expect(
                error.diagnostics.map(\.id) == [
                    "unknown-filter", "template-syntax", "unknown-test", "unknown-template-tag",
                    "template-unclosed",
                ])
            #expect(error.diagnostics[0].hint == "did you mean 'upper'?")
        }
    }

    @Test("an earlier layer of variables hides a later one")
    func layers() throws {
        let context = TemplateContext(layers: [["a": 1], ["a": 2, "b": 3]])
        #expect(try Template("{{ a }}{{ b }}", name: "p").render(context) == "13")
    }
}
