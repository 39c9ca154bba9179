/// Templates made by combining filters, tests, operators and statements with values of all kinds.
enum JinjaCombinations {
    /// All of them, each once, in a fixed order.
    static let templates: [String] = {
        var seen: Set<String> = []
        return (filtered + tested + computed + indexed + stated + spaced + random).filter {
            seen.insert($0).inserted
        }
    }()

    private static let numbers = [
        "n", "f", "neg", "zero", "3", "2.5", "-1", "10", "0.1", "1e3", "7 / 2", "2 ** 3",
    ]
    private static let texts = [
        "name", "e", "text", "long", "uni", "html", "'a b'", "'x'", "'Über ß'", "'  pad  '", "'1.5'", "'42'",
        "'a-b_c d'",
    ]
    private static let lists = [
        "xs", "words", "empty", "[1, 2, 3, 4, 5]", "[2.5, 1]", "['b', 'A', 'c']", "rows",
    ]
    private static let others = ["obj", "t", "none", "missing", "{'k': 1}", "rows[0]", "false"]

    private static func call(_ filter: String, _ arguments: String) -> String {
        arguments.isEmpty ? filter : "\(filter)(\(arguments))"
    }

    private static let filtered: [String] = {
        var made: [String] = []
        let onTexts: [(String, [String])] = [
            ("upper", [""]), ("lower", [""]), ("capitalize", [""]), ("title", [""]),
            ("trim", ["", "'a '", "chars='x'"]),
            ("length", [""]), ("count", [""]), ("wordcount", [""]), ("string", [""]), ("reverse", [""]),
            ("first", [""]), ("last", [""]), ("center", ["", "20", "width=5"]), ("urlencode", [""]),
            ("replace", ["'a', 'b'", "'a', 'b', 1", "'', '-'", "'o', '', 2"]),
            ("truncate", ["10", "10, true", "10, false, '…'", "5, true, '', 0", "9, leeway=0", "255"]),
            ("indent", ["", "2", "2, true", "2, first=true, blank=true", "'> '"]),
            ("int", ["", "7", "default=1", "base=16"]),
            ("float", ["", "1.5"]), ("default", ["'d'", "'d', true"]), ("d", ["1"]), ("list | join", ["'.'"]),
            ("list | length", [""]), ("wordwrap", ["10", "12, false", "10, wrapstring='|'"]),
            ("unique | join", [""]),
        ]
        for value in texts {
            for (filter, variants) in onTexts {
                for arguments in variants { made.append("{{ \(value) | \(call(filter, arguments)) }}") }
            }
        }
        let onNumbers: [(String, [String])] = [
            ("abs", [""]), ("round", ["", "1", "2, 'floor'", "0, 'ceil'", "method='floor'", "-1"]),
            ("int", [""]),
            ("float", [""]), ("string", [""]), ("default", ["5", "5, true"]), ("upper", [""]),
            ("length", [""]),
            ("trim", [""]), ("center", ["7"]), ("round | int", [""]), ("filesizeformat", [""]),
        ]
        for value in numbers {
            for (filter, variants) in onNumbers {
                for arguments in variants { made.append("{{ (\(value)) | \(call(filter, arguments)) }}") }
            }
        }
        let onLists: [(String, [String])] = [
            ("length", [""]), ("first", [""]), ("last", [""]), ("join", ["", "', '", "d='-'"]),
            ("sum", ["", "start=10"]),
            ("max", [""]), ("min", [""]), ("sort | join", ["' '"]), ("sort(reverse=true) | join", ["' '"]),
            ("sort(case_sensitive=true) | join", ["' '"]), ("unique | join", ["' '"]),
            ("reverse | join", ["' '"]),
            ("list | length", [""]), ("map('upper') | join", ["','"]), ("map('string') | join", ["','"]),
            ("select('gt', 1) | join", ["','"]), ("reject('gt', 2) | join", ["','"]),
            ("select | join", ["','"]),
            ("select('odd') | list | length", [""]), ("batch(2) | list | length", [""]),
            ("slice(2) | list | length", [""]),
            ("batch(2, 0) | map('join', '+') | join", ["';'"]), ("slice(3) | map('length') | join", ["','"]),
            ("tojson", ["", "indent=2"]), ("default", ["'d', true"]), ("map(attribute='id') | join", ["','"]),
            ("sum(attribute='id')", [""]),
            ("selectattr('team', 'equalto', 'x') | map(attribute='id') | join", ["','"]),
            ("rejectattr('id', 'gt', 1) | list | length", [""]),
            ("groupby('team') | map('first') | join", ["','"]),
            ("max(attribute='id') | tojson", [""]),
            ("sort(attribute='p.q') | map(attribute='id') | join", ["','"]),
            ("map(attribute='nope', default='z') | join", ["','"]), ("dictsort", [""]), ("upper", [""]),
            ("items", [""]),
        ]
        for value in lists {
            for (filter, variants) in onLists {
                for arguments in variants { made.append("{{ \(value) | \(call(filter, arguments)) }}") }
            }
        }
        for value in others {
            for filter in [
                "default('d')", "default('d', true)", "string", "length", "tojson", "int", "first", "upper",
                "list | length",
                "items | list | length", "dictsort | list | length", "abs", "join", "trim", "float",
            ] { made.append("{{ \(value) | \(filter) }}") }
        }
        return made
    }()

    private static let tested: [String] = {
        var made: [String] = []
        let tests = [
            "defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true",
            "false", "mapping",
            "sequence", "iterable", "odd", "even", "divisibleby(3)", "divisibleby 2", "lower", "upper",
            "eq(7)", "ne 7",
            "lt(5)", "le 7", "gt 3", "ge(2.5)", "equalto 'x'", "in([1, 7])", "in xs", "greaterthan 1",
            "lessthan(9)",
            "not odd", "not string", "not none", "sameas true", "callable",
        ]
        for value in ["n", "f", "name", "xs", "obj", "t", "missing", "none", "e", "neg", "'ABC'"] {
            for test in tests { made.append("{{ 'y' if \(value) is \(test) else 'n' }}") }
        }
        return made
    }()

    private static let computed: [String] = {
        var made: [String] = []
        let operands = ["n", "f", "neg", "2", "0.5", "'ab'", "xs", "e", "zero", "-3"]
        for left in operands {
            for right in operands {
                for symbol in ["+", "-", "*", "/", "//", "%", "**"] {
                    made.append("{{ \(left) \(symbol) \(right) }}")
                }
                made.append("{{ \(left) ~ \(right) }}")
                for symbol in ["==", "!=", "<", "<=", ">", ">=", "in", "not in"] {
                    made.append("{{ 'y' if \(left) \(symbol) \(right) else 'n' }}")
                }
                made.append("{{ 'y' if \(left) and not \(right) else 'n' }}")
                made.append("{{ (\(left) or \(right)) | string }}")
            }
        }
        for text in [
            "1 + 2 * 3 - 4 / 2", "-2 ** 2", "(-2) ** 2", "2 ** 3 ** 2", "-7 // 2 * 2 + -7 % 2", "7 % -3",
            "-7.5 // 2",
            "1 < 2 < 3", "3 > 2 > 2", "1 == 1.0", "'1' == 1", "not not n", "not n == 7", "n if f else e",
            "1_000 + 1",
            "10 / 4", "10 // 4.0", "1e400", "0.1 + 0.2", "1 / 3", "100 * 1.1", "2 ** 100",
            "9007199254740993 + 0",
            "(1, 2) | join", "[1, [2, 3]] | tojson", "{'a': [1, none, true]} | tojson",
            "'%s is %d' | format(name, n)",
            "'%.2f' | format(f)", "'%05d|%-5s|%x' | format(42, 'a', 255)", "'a' * 3 ~ 'b'", "'é' < 'z'",
            "range(5) | join",
            "range(2, 10, 3) | join(',')", "range(5, 0, -2) | join(',')", "dict(a=1, b=2) | tojson", "loop",
            "1 is divisibleby 0",
        ] { made.append("{{ \(text) }}") }
        return made
    }()

    private static let indexed: [String] = {
        var made: [String] = []
        for value in ["name", "xs", "words", "uni", "e", "empty"] {
            for index in [
                "0", "-1", "2", "99", "-99", "1:", ":2", "1:3", "::2", "::-1", "-2:", ":-1", "3:1", "5:1:-2",
            ] {
                made.append("{{ \(value)[\(index)] | default('?') }}")
                made.append("{{ \(value)[\(index)] | length }}")
            }
        }
        for path in [
            "obj.a", "obj['a']", "obj.nope", "obj['nope']", "rows[0].p.q", "rows[-1]['p']['q']", "rows[9].id",
            "rows[0].p.q.z",
            "obj.a.b", "name.x", "n.x", "obj[0]", "rows['0']", "xs['a']", "rows[n - 6].team", "obj[words[1]]",
            "name.upper()", "name.split()[1]", "name.split('a') | join('|')", "name.split('a', 1) | length",
            "name.startswith('A')", "name.endswith(('x', 'e'))", "name.replace('a', 'o')", "name.strip('Ae')",
            "name.find('L')",
            "name.title()", "'a,b'.split(',') | last", "', '.join(words)", "obj.get('a')", "obj.get('z', 5)",
            "obj.keys() | join", "obj.values() | sum", "obj.items() | list | length", "'{} {}'.format(n, f)",
            "name.lower().count('a')",
            "'%s' % n", "'x'.isdigit()", "'12'.isdigit()", "name.nope()", "text.splitlines() | length",
            "'abc'.zfill(5)",
            "'a'.center(5)", "'ab'.ljust(4) ~ '|'", "'ab'.rjust(4) ~ '|'",
        ] {
            made.append("{{ \(path) }}")
            made.append("{{ \(path) | default('?') }}")
        }
        return made
    }()

    private static let stated: [String] = {
        var made: [String] = []
        let fields = [
            "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0",
            "previtem | default('-')",
            "nextitem | default('-')", "cycle('a', 'b')", "nope", "changed(x)",
        ]
        for sequence in [
            "xs", "empty", "words", "'abc'", "range(3)", "obj", "missing", "n", "words | sort", "xs[::-1]",
        ] {
            for field in fields {
                made.append(
                    "{% for x in \(sequence) %}{{ loop.\(field) }}{% if not loop.last %},{% endif %}{% endfor %}"
                )
            }
            made.append("{% for x in \(sequence) %}{{ x }};{% else %}none{% endfor %}")
            made.append(
                "{% for x in \(sequence) if x != 1 %}{{ loop.index }}{{ x }}{% else %}none{% endfor %}")
            made.append(
                "{% set c = namespace(k=0) %}{% for x in \(sequence) %}{% set c.k = c.k + 1 %}{% endfor %}{{ c.k }}"
            )
            made.append(
                "{% set k = 1 %}{% for x in \(sequence) %}{% set k = k + 1 %}{{ k }}{% endfor %}{{ k }}")
        }
        for (condition, other) in [
            ("n > 5", "t"), ("e", "n"), ("missing is defined", "f"), ("zero or e", "xs"), ("not t", "obj"),
        ] {
            made.append("{% if \(condition) %}a{% elif \(other) %}b{% else %}c{% endif %}")
            made.append(
                "{% if \(condition) and \(other) %}a{% endif %}{% if \(condition) or \(other) %}b{% endif %}")
            made.append("{{ 'x' if \(condition) }}")
        }
        made += [
            "{% for r in rows %}{% for k, v in r.items() %}{{ k }}:{{ v | string | length }} {% endfor %}\n{% endfor %}",
            "{% for k, v in obj | dictsort(false, 'value') %}{{ k }}{{ v }}{% endfor %}",
            "{% for a, b in [[1, 2], [3, 4]] %}{{ a + b }},{% endfor %}",
            "{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}",
            "{% for g in rows | groupby('team') %}{{ g.grouper }}={{ g.list | length }};{% endfor %}",
            "{% for team, members in rows | groupby('team') %}{{ team }}:{{ members | map(attribute='id') | join('+') }};{% endfor %}",
            "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set x %}<{{ n }}>{% endset %}{{ x }}{{ x | length }}",
            "{% set x | upper %}ab{% endset %}{{ x }}",
            "{% set x = 'a' %}{% if t %}{% set x = 'b' %}{% endif %}{{ x }}",
            "{% with y = 1 %}{{ y }}{% endwith %}",
            "{% with %}{% set y = 5 %}{{ y }}{% endwith %}{{ y is defined }}",
            "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}",
            "{% filter upper %}ab{{ n }}{% endfilter %}",
            "{% do xs.append(1) %}", "{% break %}",
            "{% for x in xs %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
            "{% unknown %}", "{% if t %}", "{% endif %}", "{{ }}", "{{ 1 + }}", "{{ (1 }}", "{{ 'a }}",
            "{{ a b }}", "{{ 1 2 }}",
            "{{ x = 1 }}", "{% set = 1 %}", "{% for in xs %}{% endfor %}", "{% for x xs %}{% endfor %}",
            "{{ n | nope }}", "{{ n is nope }}",
            "{{ n | }}", "{{ | upper }}", "{{ n.  }}", "{% raw %}{{ x }}", "{# open", "{{ open", "{% open",
            "a { b } c {{ '{{' }} %}", "{{ '}}' }}",
            "{% raw %}{% raw %}{% endraw %}", "{{ {'a': {'b': 1}}['a']['b'] }}", "{{ [[1, 2], [3]][0][1] }}",
            "{{ \"it's\" }}{{ 'a\\'b' }}",
            "{{ '\\n' }}|{{ '\\\\' }}|{{ '\\t' }}|{{ '\\u00fc' }}|{{ '\\x41' }}|{{ '\\q' }}",
            "{{ n }}\r\n{{ f }}\r\n", "\n{{ n }}\n\n",
        ]
        return made
    }()

    private static let spaced: [String] = {
        var made: [String] = []
        let marks = ["", "-", "+"]
        for open in marks {
            for close in marks {
                made.append("a  \n {%\(open) if t \(close)%} \n b \n {%\(close) endif \(open)%} \n c")
                made.append(" x {%\(open) for i in xs \(close)%} {{ i }} {%\(close) endfor \(open)%} y")
                made.append("1 {#\(open) note \(close)#} \n 2")
                made.append("a {%\(open) set z = 1 \(close)%}\n{{ z }}")
                made.append("a {%\(open) raw \(close)%} {{ z }} {%\(close) endraw \(open)%} b")
                if open != "+", close != "+" { made.append("a \n {{\(open) n \(close)}} \n b") }
            }
        }
        return made
    }()

    /// Expressions of a fixed series of chance.
    private static let random: [String] = {
        var seed: UInt64 = 20_261_129
        func pick<Element>(_ elements: [Element]) -> Element {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return elements[Int((seed >> 33) % UInt64(elements.count))]
        }
        func number(_ depth: Int) -> String {
            guard depth > 0 else {
                return pick(["n", "f", "neg", "1", "2", "0.5", "10", "rows[0].id", "xs[1]", "obj.a"])
            }
            switch pick([0, 1, 2, 3, 4, 5]) {
            case 0:
                return "(\(number(depth - 1)) \(pick(["+", "-", "*", "/", "//", "%"])) \(number(depth - 1)))"
            case 1: return "(\(number(depth - 1)) | \(pick(["abs", "round", "int", "float", "round(1)"])))"
            case 2: return "(\(text(depth - 1)) | length)"
            case 3: return "(\(list(depth - 1)) | \(pick(["sum", "max", "min", "first", "length"])))"
            case 4: return "(\(number(depth - 1)) if \(truth(depth - 1)) else \(number(depth - 1)))"
            default: return "-\(number(0))"
            }
        }
        func text(_ depth: Int) -> String {
            guard depth > 0 else {
                return pick(["name", "'abc'", "e", "words[0]", "rows[1].team", "'x y'", "uni"])
            }
            switch pick([0, 1, 2, 3]) {
            case 0: return "(\(text(depth - 1)) ~ \(number(depth - 1)))"
            case 1:
                return
                    "(\(text(depth - 1)) | \(pick(["upper", "title", "trim", "capitalize", "replace('a', 'b')", "truncate(4, true, '.', 0)"])))"
            case 2: return "(\(list(depth - 1)) | join('\(pick(["-", "", ", "]))'))"
            default: return "\(text(0))[\(pick(["0", "1:", ":2", "::-1", "-1:"]))]"
            }
        }
        func list(_ depth: Int) -> String {
            guard depth > 0 else {
                return pick(["xs", "[1, 2]", "[3, 2, 1, 2]", "range(4) | list", "obj.values() | list"])
            }
            let inner = list(depth - 1)
            return
                "(\(inner) | \(pick(["sort", "reverse | list", "unique | list", "map('abs') | list", "select('gt', 1) | list", "list"])))"
        }
        func truth(_ depth: Int) -> String {
            guard depth > 0 else {
                return pick(["t", "n > 3", "e", "f is float", "missing is defined", "'a' in name"])
            }
            switch pick([0, 1, 2]) {
            case 0: return "(\(truth(depth - 1)) \(pick(["and", "or"])) \(truth(depth - 1)))"
            case 1: return "(not \(truth(depth - 1)))"
            default:
                return
                    "(\(number(depth - 1)) \(pick(["<", "<=", "==", "!=", ">", ">="])) \(number(depth - 1)))"
            }
        }
        return (0..<400).map { index in
            switch index % 3 {
            case 0: "{{ \(number(3)) }}"
            case 1: "{{ \(text(3)) }}"
            default: "{% if \(truth(3)) %}yes{% else %}{{ \(text(2)) }}{% endif %}"
            }
        }
    }()
}
