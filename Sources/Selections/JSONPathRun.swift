import JSON
import Patterns

/// One walk of a path through one document, within a number of steps.
struct JSONPathRun {
    /// How many values one walk may look at: some seconds at most, whatever path and document are.
    private static let maximumSteps = 10_000_000

    private let root: JSONValue
    private var steps = 0

    /// Prepares a walk.
    init(_ root: JSONValue) { self.root = root }

    /// What the path finds, in the order of RFC 9535.
    mutating func nodes(of path: JSONPath, at current: JSONValue) throws(SelectionError) -> [JSONValue] {
        var found = [path.isFromRoot ? root : current]
        for segment in path.segments {
            var next: [JSONValue] = []
            for node in found {
                if segment.isDescendant {
                    try descend(node, segment.selectors, into: &next)
                } else {
                    for selector in segment.selectors { try select(selector, from: node, into: &next) }
                }
            }
            found = next
            if found.isEmpty { break }
        }
        return found
    }

    private mutating func spend(_ count: Int = 1) throws(SelectionError) {
        steps += count
        guard steps <= Self.maximumSteps else {
            throw SelectionError("it looks at more than \(Self.maximumSteps) values in this document")
        }
    }

    /// The value and everything inside, outermost first.
    private mutating func descend(
        _ node: JSONValue, _ selectors: [JSONPath.Selector], into found: inout [JSONValue]
    ) throws(SelectionError) {
        for selector in selectors { try select(selector, from: node, into: &found) }
        switch node {
        case .array(let elements): for element in elements { try descend(element, selectors, into: &found) }
        case .object(let members): for (_, value) in members { try descend(value, selectors, into: &found) }
        default: try spend()
        }
    }

    private mutating func select(
        _ selector: JSONPath.Selector, from node: JSONValue, into found: inout [JSONValue]
    ) throws(SelectionError) {
        try spend()
        switch (selector, node) {
        case (.name(let name), .object(let members)): if let value = members[name] { found.append(value) }
        case (.index(let index), .array(let elements)):
            let place = index < 0 ? elements.count + index : index
            if elements.indices.contains(place) { found.append(elements[place]) }
        case (.all, .array(let elements)):
            try spend(elements.count)
            found += elements
        case (.all, .object(let members)):
            try spend(members.count)
            for (_, value) in members { found.append(value) }
        case (.slice(let start, let end, let step), .array(let elements)):
            for index in Self.indices(start, end, step, of: elements.count) {
                try spend()
                found.append(elements[index])
            }
        case (.filter(let condition), .array(let elements)):
            for element in elements where try holds(condition, for: element) { found.append(element) }
        case (.filter(let condition), .object(let members)):
            for (_, value) in members where try holds(condition, for: value) { found.append(value) }
        default: break
        }
    }

    /// The indices of a slice, section 2.3.4.2.2.
    private static func indices(_ start: Int?, _ end: Int?, _ step: Int, of count: Int) -> StrideTo<Int> {
        func place(_ index: Int) -> Int { index < 0 ? count + index : index }
        if step > 0 {
            let lower = min(max(place(start ?? 0), 0), count)
            let upper = min(max(place(end ?? count), 0), count)
            return stride(from: lower, to: upper, by: step)
        }
        guard step < 0 else { return stride(from: 0, to: 0, by: 1) }
        let upper = min(max(start.map(place) ?? count - 1, -1), count - 1)
        let lower = min(max(end.map(place) ?? -1, -1), count - 1)
        return stride(from: upper, to: lower, by: step)
    }
}

extension JSONPathRun {
    /// Whether a condition holds for a value.
    private mutating func holds(
        _ condition: JSONPathCondition, for current: JSONValue
    ) throws(SelectionError) -> Bool {
        try spend()
        switch condition {
        case .any(let conditions):
            for condition in conditions where try holds(condition, for: current) { return true }
            return false
        case .all(let conditions):
            for condition in conditions where try !holds(condition, for: current) { return false }
            return true
        case .not(let condition): return try !holds(condition, for: current)
        case .exists(let path): return try !nodes(of: path, at: current).isEmpty
        case .comparison(let left, let comparison, let right):
            return Self.compares(try value(of: left, current), comparison, try value(of: right, current))
        case .pattern(let operand, let pattern, let isWhole):
            guard case .string(let text)? = try value(of: operand, current) else { return false }
            return try matches(text, pattern, isWhole: isWhole, current)
        }
    }

    /// The value of an operand; nil is the RFC's "nothing".
    private mutating func value(
        of operand: JSONPathOperand, _ current: JSONValue
    ) throws(SelectionError) -> JSONValue? {
        switch operand {
        case .literal(let value): return value
        case .path(let path): return try nodes(of: path, at: current).first
        case .count(let path): return .integer(try nodes(of: path, at: current).count)
        case .value(let path):
            let found = try nodes(of: path, at: current)
            return found.count == 1 ? found[0] : nil
        case .length(let operand):
            switch try value(of: operand, current) {
            case .string(let text)?: return .integer(text.unicodeScalars.count)
            case .array(let elements)?: return .integer(elements.count)
            case .object(let members)?: return .integer(members.count)
            default: return nil
            }
        }
    }

    private static func compares(
        _ left: JSONValue?, _ comparison: JSONPathComparison, _ right: JSONValue?
    ) -> Bool {
        switch comparison {
        case .equal: left == right
        case .unequal: left != right
        case .less: isBelow(left, right)
        case .lessOrEqual: isBelow(left, right) || left == right
        case .greater: isBelow(right, left)
        case .greaterOrEqual: isBelow(right, left) || left == right
        }
    }

    private static func isBelow(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        switch (left, right) {
        case (.number(let first)?, .number(let second)?): first < second
        case (.string(let first)?, .string(let second)?):
            first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
        default: false
        }
    }

    private mutating func matches(
        _ text: String, _ pattern: JSONPathPattern, isWhole: Bool, _ current: JSONValue
    ) throws(SelectionError) -> Bool {
        switch pattern {
        case .nothing: return false
        case .compiled(let pattern): return try Self.matches(text, pattern)
        case .dynamic(let operand):
            guard case .string(let source)? = try value(of: operand, current),
                let pattern = try? Pattern(JSONPathPattern.source(source, isWhole), dialect: .ecma262)
            else { return false }
            return try Self.matches(text, pattern)
        }
    }

    private static func matches(_ text: String, _ pattern: Pattern) throws(SelectionError) -> Bool {
        do throws(PatternError) { return try pattern.matches(text) } catch {
            throw SelectionError(error.message)
        }
    }
}

extension JSONPathPattern {
    /// The pattern of `match`, which has to fit from end to end, or of `search`.
    static func source(_ written: String, _ isWhole: Bool) -> String {
        isWhole ? "^(?:\(written))$" : written
    }
}
