import JSON
import Patterns

/// A JSONPath as RFC 9535 has it: steps from the root, or inside a filter from the value that is looked at.
struct JSONPath: Sendable {
    /// What one pair of brackets, or a name behind a dot, selects.
    indirect enum Selector: Sendable {
        /// The member of an object.
        case name(String)
        /// The element of a list, counted from the end when negative.
        case index(Int)
        /// Every `step`th element from `start` up to `end`, section 2.3.4.
        case slice(start: Int?, end: Int?, step: Int)
        /// Every element or member.
        case all
        /// The elements or members for which the condition holds.
        case filter(JSONPathCondition)
    }

    /// One step.
    struct Segment: Sendable {
        /// Whether it looks at the value and everything inside (`..`), or at the value only.
        var isDescendant: Bool
        /// What is selected; the results of several stand one behind the other.
        var selectors: [Selector]
    }

    /// Whether it begins at the root (`$`), or at the value that a filter looks at (`@`).
    var isFromRoot = true
    /// The steps.
    var segments: [Segment] = []

    /// True when the path can find one value at most: names and indices alone.
    var isSingular: Bool {
        segments.allSatisfy { segment in
            guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
            switch segment.selectors[0] {
            case .name, .index: return true
            default: return false
            }
        }
    }
}

/// The condition of a filter, `[?…]`.
indirect enum JSONPathCondition: Sendable {
    /// One of them holds.
    case any([JSONPathCondition])
    /// All of them hold.
    case all([JSONPathCondition])
    /// It does not hold.
    case not(JSONPathCondition)
    /// The path finds something.
    case exists(JSONPath)
    /// Two values compare so.
    case comparison(JSONPathOperand, JSONPathComparison, JSONPathOperand)
    /// The pattern matches the text: from end to end, or anywhere.
    case pattern(JSONPathOperand, JSONPathPattern, isWhole: Bool)
}

/// How two values of a filter are compared, section 2.3.5.2.2.
enum JSONPathComparison: String, Sendable {
    /// Equal, objects and lists by what they hold.
    case equal = "=="
    /// Not equal.
    case unequal = "!="
    /// Below; numbers with numbers and texts with texts only.
    case less = "<"
    /// Below or equal.
    case lessOrEqual = "<="
    /// Above.
    case greater = ">"
    /// Above or equal.
    case greaterOrEqual = ">="
}

/// One side of a comparison, or the argument of a function.
indirect enum JSONPathOperand: Sendable {
    /// A number, text, boolean or null as written.
    case literal(JSONValue)
    /// What a path of names and indices finds, or nothing.
    case path(JSONPath)
    /// `length(…)`: scalars of a text, elements of a list, members of an object; else nothing.
    case length(JSONPathOperand)
    /// `count(…)`: how many values a path finds.
    case count(JSONPath)
    /// `value(…)`: the value a path finds, where it finds exactly one.
    case value(JSONPath)
}

/// The second argument of `match` and `search`.
enum JSONPathPattern: Sendable {
    /// Written as a text, compiled when the path was read.
    case compiled(Pattern)
    /// Taken from the document.
    case dynamic(JSONPathOperand)
    /// Written as something else than a text, or as a text that is no pattern: matches nothing.
    case nothing
}
