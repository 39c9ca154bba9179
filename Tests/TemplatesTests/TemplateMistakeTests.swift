import Diagnostics
import Templates
import Testing

@Suite("Mistakes in templates")
struct TemplateMistakeTests {
    @Test("the place is right far into a template", arguments: [0, 1, 84, 85, 86, 102, 103, 1000])
    func farPlaces(lines: Int) throws {
        let text = String(repeating: "aé—\n", count: lines) + "é{{ x"
        let error = #expect(throws: DiagnosticError.self) {
            try Template(text, origin: TemplateOrigin(file: "t"))
        }
        #expect(error?.diagnostics.map(\.mark) == [SourceMark(file: "t", line: lines + 1, column: 2)])
    }

    @Test("blocks that nest too deep are reported once")
    func tooDeep() throws {
        let text = String(repeating: "{% if q %}", count: 2000)
        let error = #expect(throws: DiagnosticError.self) {
            try Template(text, origin: TemplateOrigin(file: "t"))
        }
        #expect(error?.diagnostics.map(\.id) == ["template-too-deep"])
    }

    @Test(
        "mistakes have an id and a place",
        arguments: [
            ("{{ a", "template-unclosed", 1), ("{% if a %}", "template-unclosed", 1),
            ("x{# a", "template-unclosed", 2),
            ("{% raw %}{{", "template-unclosed", 1), ("{{ 'a }}", "template-unclosed", 4),
            ("{% endif %}", "template-syntax", 4),
            ("{% if 1 %}{% endfor %}{% endif %}", "template-syntax", 14),
            ("{{ }}", "template-syntax", 1), ("{{ a b }}", "template-syntax", 6),
            ("{{ 1 + }}", "template-syntax", 1),
            ("{{ a && b }}", "template-syntax", 6), ("{% if a = 1 %}{% endif %}", "template-syntax", 9),
            ("{{ (1] }}", "template-syntax", 6), ("{{ x | nope }}", "unknown-filter", 8),
            ("{{ [1] | map('uper') }}", "unknown-filter", 14), ("{{ x is nope }}", "unknown-test", 9),
            ("{{ nope() }}", "unknown-function", 4), ("{{ x.nope() }}", "unknown-method", 6),
            ("{{ 'a' | join(1, 2, 3) }}", "template-arguments", 10),
            ("{{ 'a' | replace('a') }}", "template-arguments", 10),
            ("{{ 'a' | join(sep=1) }}", "template-arguments", 10),
            ("{% macro a() %}", "unknown-template-tag", 4),
            ("{% set loop = 1 %}", "template-syntax", 8),
            ("{% for x in y recursive %}{% endfor %}", "template-syntax", 15),
            ("{% include 'a' %}", "include-unavailable", 12), ("{% include a %}", "template-syntax", 12),
            ("{{ x }}", "template-undefined", 4), ("{% if x %}{% endif %}", "template-undefined", 7),
            ("{{ x == 1 }}", "template-undefined", 4),
            ("{% for a in x %}{% endfor %}", "template-undefined", 13),
            ("{{ none }}", "template-type", 4), ("{{ [1] }}", "template-type", 4),
            ("{{ {'a': 1} }}", "template-type", 4),
            ("{{ [none] | join }}", "template-type", 13), ("{{ 1 + 'a' }}", "template-type", 6),
            ("{{ 1 < 'a' }}", "template-type", 8), ("{{ 1 / 0 }}", "template-value", 6),
            ("{{ 9223372036854775807 + 1 }}", "template-value", 24),
            ("{{ -9223372036854775807 - 2 }}", "template-value", 25),
            ("{{ [] | first }}", "template-undefined", 9),
            ("{% for a, b in [[1]] %}{% endfor %}", "template-type", 16),
            ("{{ 5 % 0 }}", "template-value", 6),
        ])
    func mistakes(source: String, id: String, column: Int) throws {
        let found = try mistake(source)
        #expect(found?.id == id, "\(source): \(String(describing: found))")
        #expect(found?.mark?.column == column, "\(source): \(String(describing: found))")
        #expect(found?.message.hasSuffix(".") == false)
    }

    @Test("printing a value without a text names the ways out")
    func waysOut() throws {
        for source in ["{{ none }}", "{{ [1] }}", "{{ {'a': 1} }}"] {
            let hint = try #require(try mistake(source)?.hint)
            for word in ["default", "join", "tojson"] { #expect(hint.contains(word)) }
        }
    }

    @Test(
        "hostile templates are stopped",
        arguments: [
            "{{ " + String(repeating: "(", count: 100_000),
            "{{ " + String(repeating: "[", count: 5000) + " }}",
            "{{ " + String(repeating: "-", count: 100_000) + "1 }}",
            "{{ " + String(repeating: "not ", count: 9999) + "1 }}",
            "{{ 1" + String(repeating: "+1", count: 10_000) + " }}",
            "{{ a" + String(repeating: ".a", count: 10_000) + " }}",
            "{{ 'a'" + String(repeating: "|upper", count: 10_000) + " }}",
            String(repeating: "{% if 1 %}", count: 10_000) + String(repeating: "{% endif %}", count: 10_000),
            "{{ 'a' * 1000000000 }}", "{{ [1] * 1000000000 }}", "{{ 2 ** 100000000 }}",
            "{{ range(10**12) | list }}",
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "{% for a in range(100000) %}{{ 'aaaaaaaaaa' * 100 }}{% endfor %}",
            "{% set x = [1] %}" + String(repeating: "{% set x = [x, x] %}", count: 60) + "{{ x | tojson }}",
            "{% set n = namespace(x=[]) %}{% for a in range(9999) %}{% set n.x = [n.x] %}{% endfor %}",
            "{{ 'a' | center(10000000000) }}", "{{ ('a ' * 1000001).split() | length }}",
            "{{ ('a,' * 1000001).split(',') | length }}", "{{ 'a' | indent(10000000000, true) }}",
            "{{ ('a' * 9999999) | replace('a', 'a' * 9999999) }}", "{{ '%99999999d' | format(1) }}",
            "{{ -9223372036854775807 - 1 - 1 }}", "{{ (-9223372036854775807 - 1) // -1 }}",
            "{{ 'abc'[-9223372036854775807] }}", "{{ [1] | batch(100000000000, 0) | list | tojson }}",
            "{{ 1 | round(99999999999) }}",
            "{{ 'a' | truncate(9223372036854775807, leeway=9223372036854775807) }}",
        ])
    func hostile(source: String) throws {
        #expect(try mistake(source) != nil)
    }

    @Test("broken templates never crash")
    func fragments() throws {
        let source = Array(
            "{%- for k, v in {'a': [1, -2.5e3]}.items() if v[::-1] is not none -%}{{ 'é\\x41' ~ k|d('x') }}{#-#}{% raw %}{% endraw %}{%+ endfor %}"
                .unicodeScalars)
        for start in source.indices {
            for end in stride(from: start, to: source.count, by: 7) {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: source[start...end])
                _ = try mistake(String(text))
            }
        }
    }
}
