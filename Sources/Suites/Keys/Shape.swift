/// What a value of a YAML file may look like: the source of loader checks, JSON Schema and reference.
indirect enum Shape: Sendable {
    /// Anything that JSON can express.
    case any
    /// Text; numbers and booleans are refused, since they were most likely meant as something else.
    case text
    /// Text, or a number or boolean that is taken as text.
    case scalarText
    /// A name of a suite, prompt, model, profile or metric.
    case name
    /// A whole number within bounds.
    case integer(ClosedRange<Int>)
    /// A number within bounds.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case boolean
    /// A day, `YYYY-MM-DD`.
    case date
    /// One of some words.
    case choice([String])
    /// A list.
    case list(Shape)
    /// A value, or a list of such values.
    case oneOrMany(Shape)
    /// A mapping with free keys.
    case map(Shape)
    /// A mapping whose keys are names.
    case named(Shape)
    /// A mapping with known keys.
    case record(KeyTable)
    /// The first of some shapes that fits.
    case either([Shape])
    /// An assertion; checked by the catalog of assertions.
    case assertion

    /// The shape in words, for messages: "expected …".
    var summary: String {
        switch self {
        case .any: "a value"
        case .text: "text"
        case .scalarText: "text"
        case .name: "a name (letters, digits, '.', '_', '-'; at most 100)"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number from \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range):
            range.upperBound == .infinity
                ? (range.lowerBound == -.infinity
                    ? "a number" : "a number from \(Self.plain(range.lowerBound))")
                : "a number from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))"
        case .boolean: "true or false"
        case .date: "a day such as 2026-12-31"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .list: "a list"
        case .oneOrMany(let shape): shape.summary + ", or a list of such"
        case .map, .named, .record: "a mapping"
        case .either(let shapes): shapes.map(\.summary).joined(separator: ", or ")
        case .assertion: "an assertion"
        }
    }

    private static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}

/// The keys that a mapping may have.
struct KeyTable: Sendable {
    /// One key.
    struct Key: Sendable {
        /// The canonical spelling.
        var name: String
        /// Other spellings of the same key.
        var aliases: [String]
        /// What its value looks like.
        var shape: Shape
        /// One sentence for the reference and for editors.
        var summary: String

        /// Creates a key.
        init(_ name: String, _ shape: Shape, aliases: [String] = [], _ summary: String) {
            self.name = name
            self.aliases = aliases
            self.shape = shape
            self.summary = summary
        }
    }

    /// What the mapping is called in messages: "a prompt".
    var title: String
    /// The keys in the order of the reference.
    var keys: [Key]

    /// Creates a table.
    init(_ title: String, _ keys: [Key]) {
        self.title = title
        self.keys = keys
    }

    /// The key with a spelling.
    func key(_ written: String) -> Key? {
        keys.first { $0.name == written || $0.aliases.contains(written) }
    }

    /// All spellings.
    var spellings: [String] { keys.flatMap { [$0.name] + $0.aliases } }
}
