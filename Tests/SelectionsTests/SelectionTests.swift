import JSON
import Selections
import Testing

@Suite("Selections")
struct SelectionTests {
    private static let document: JSONValue = [
        "a": ["b c": [1, ["id": 2], ["id": 3]], "": "empty"], "n": nil, "a/b": 9, "0": "zero", "it's": 8,
        "ü": 1,
    ]

    @Test(
        "finds",
        arguments: [
            ("$.a['b c'][0]", 1), ("$.a[\"b c\"][1].id", 2), ("$['a']['b c'][-1]['id']", 3),
            ("$.a['b c'][*].id", [2, 3]), ("$.n", nil), ("$['it\\'s']", 8), ("$.ü", 1),
            ("/a/b c/1/id", 2), ("/a~1b", 9), ("/0", "zero"), ("$.a['']", "empty"),
            ("$.a.*", [[1, ["id": 2], ["id": 3]], "empty"]),
        ] as [(String, JSONValue)])
    func find(path: String, value: JSONValue) throws {
        #expect(try Selection(path).value(in: Self.document) == value)
    }

    @Test(
        "finds nothing",
        arguments: ["$.x", "$.a[0]", "$.a['b c'][3]", "$.a['b c'][-4]", "$.n.x", "$.n[*]", "/a/b c/01", "/x"])
    func nothing(path: String) throws {
        #expect(try Selection(path).value(in: Self.document) == nil)
    }

    @Test(
        "refuses",
        arguments: [
            "", "label", "$x", "$.", "$..", "$.a.", "$[", "$[]", "$['a", "$['a'", "$[1:2:3:4]", "$[0,]",
            "$[01]",
            "$[-0]", "$.a b", "/a~2", "$[99999999999999999999]", "$[-]", "$['a\\x']", "$['\\ud800']", "$ ",
            "$.a ",
            "$[?]", "$[?@.a ==]", "$[?1]", "$[?'a']", "$[?@.* == 1]", "$[?!@.a == 1]", "$[?(@.a]",
            "$[?@.a && ]",
            "$[?length(@.a)]", "$[?length(@.*) == 1]", "$[?count(1) == 1]", "$[?match(@.a, 'a') == true]",
            "$[?match(@.a)]", "$[?search(@.a, '(')]", "$[?nope(@)]", "$[?@.a = 1]", "$[?@.a == [1]]",
            "$[?@.a == 01]",
            "$[?@.a == \"b]", "$" + String(repeating: "[?@", count: 60) + String(repeating: "]", count: 60),
            "$[?" + String(repeating: "(", count: 100_000), "$[?@.a <> 1]", "$[?@.a === 1]",
        ])
    func refuse(path: String) {
        #expect(throws: SelectionError.self) { try Selection(path) }
    }

    private static let store: JSONValue = [
        "book": [
            ["title": "A", "price": 8.95, "isbn": "1-2"], ["title": "B", "price": 12, "tags": ["x", "y"]],
            ["title": "C", "price": 22.99, "isbn": "3"],
        ],
        "limit": 10, "empty": [], "none": nil, "o": ["x": 1, "y": 2], "a": [3, 5, 1, 2, 4, 6],
        "dates": ["1974-05-11", "1974-05-11x", 5],
    ]

    @Test(
        "finds with what RFC 9535 has beyond names",
        arguments: [
            ("$..price", [8.95, 12, 22.99]), ("$.book[0,2].title", ["A", "C"]), ("$.a[1:3]", [5, 1]),
            ("$.a[::2]", [3, 1, 4]), ("$.a[5:1:-2]", [6, 2]), ("$.a[::-1]", [6, 4, 2, 1, 5, 3]),
            ("$.a[-2:]", [4, 6]), ("$.a[:2]", [3, 5]), ("$.a[100:]", nil), ("$.a[::0]", nil),
            ("$.book[?@.price < 10].title", ["A"]), ("$.book[?@.price < $.limit].title", ["A"]),
            ("$.book[?@.isbn].title", ["A", "C"]), ("$.book[?!@.isbn].title", ["B"]),
            ("$.book[?@.isbn && @.price > 10].title", ["C"]),
            ("$.book[?@.price<10||@.price>20].title", ["A", "C"]),
            ("$.book[?(@.price < 10 || @.price > 20) && @.isbn == '3'].title", ["C"]),
            ("$.book[?@.price == 12.0].title", ["B"]), ("$.book[?@['title'] >= 'B'].title", ["B", "C"]),
            ("$.o[?@ > 1]", [2]),
            ("$.book[?@.nope == @.nada].title", ["A", "B", "C"]),
            ("$[?@ == null]", [nil]), ("$.book[?length(@.title) == 1 && length(@.tags) == 2].title", ["B"]),
            ("$.book[?count(@.*) == 3].title", ["A", "B", "C"]),
            ("$.book[?value(@..isbn) == '3'].title", ["C"]),
            ("$.dates[?match(@, '[0-9]{4}-05-..')]", ["1974-05-11"]),
            ("$.dates[?search(@, \"05-11\")]", ["1974-05-11", "1974-05-11x"]),
            ("$.book[?search(@.title, @.title)].title", ["A", "B", "C"]), ("$.dates[?match(@, 5)]", nil),
            ("$ ['a'] [0]", 3),
            ("$..[0]", [3, ["title": "A", "price": 8.95, "isbn": "1-2"], "x", "1974-05-11"]),
            ("$['\\u006c\\u0069mit']", 10), ("$[?@.x == 1].y", [2]),
            ("$.book[?@.price > 1e1].title", ["B", "C"]),
            ("$.book[?'A' == @.title].price", [8.95]),
            ("$.book[?@.price > -1 && true == true].title", ["A", "B", "C"]),
        ] as [(String, JSONValue?)])
    func findWithPath(path: String, value: JSONValue?) throws {
        let found = try Selection(path).value(in: Self.store)
        if path == "$..[0]" {
            #expect(Set(found?.array ?? []) == Set(value?.array ?? []))
        } else {
            #expect(found == value)
        }
    }

    @Test(
        "says where a path is wrong",
        arguments: [
            ("$.a[?@.b ==]", "character 12"), ("$.a.b[x]", "character 7"), ("$.a..", "character 6"),
            ("$[?foo(@)]", "character 4"), ("$[?@.a && 'x']", "character 11"),
        ])
    func place(path: String, place: String) throws {
        let error = #expect(throws: SelectionError.self) { try Selection(path) }
        #expect(error?.message.contains(place) == true, "\(error?.message ?? "")")
    }

    @Test("Nodes are all values found, those of a pointer or a path of names one at most")
    func nodes() throws {
        for (path, values) in [
            ("$.a[1:3]", [5, 1]), ("$.o.x", [1]), ("/o/x", [1]), ("$.o.z", []), ("/o/z", []),
            ("$.empty[*]", []),
            ("$.none", [nil]), ("$.a", [[3, 5, 1, 2, 4, 6]]),
        ] as [(String, [JSONValue])] {
            #expect(try Selection(path).nodes(in: Self.store) == values, "\(path)")
        }
    }

    @Test("A path that multiplies what it looks at is given up")
    func tooManySteps() throws {
        let deep = (0..<900).reduce(1) { inner, _ in .array([inner]) } as JSONValue
        let selection = try Selection("$..*..*..*..*")
        #expect(throws: SelectionError.self) { try selection.value(in: deep) }
    }
}
