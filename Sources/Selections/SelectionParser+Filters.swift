import JSON
import Patterns

/// Reads the conditions of filters, RFC 9535 section 2.3.5.
extension SelectionParser {
    /// `a || b`, which binds weaker than `&&`.
    mutating func condition() throws(SelectionError) -> JSONPathCondition {
        var conditions = [try conjunction()]
        while true {
            skipSpace()
            guard skip("||") else { break }
            conditions.append(try conjunction())
        }
        return conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    private mutating func conjunction() throws(SelectionError) -> JSONPathCondition {
        var conditions = [try basic()]
        while true {
            skipSpace()
            guard skip("&&") else { break }
            conditions.append(try basic())
        }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private mutating func basic() throws(SelectionError) -> JSONPathCondition {
        skipSpace()
        var isNegated = false
        if next == "!" {
            position += 1
            isNegated = true
            skipSpace()
        }
        let start = position
        if next == "(" {
            guard depth < Self.deepest else {
                throw SelectionError("conditions stand in each other more than \(Self.deepest) deep")
            }
            depth += 1
            defer { depth -= 1 }
            position += 1
            let inner = try condition()
            skipSpace()
            guard take() == ")" else {
                throw SelectionError("')' is missing at character \(min(position, scalars.count + 1))")
            }
            return isNegated ? .not(inner) : inner
        }
        let term = try term()
        skipSpace()
        guard let comparison = comparison() else {
            let condition: JSONPathCondition
            switch term {
            case .operand(.path(let path)), .nodes(let path): condition = .exists(path)
            case .condition(let inner): condition = inner
            case .operand(.literal):
                throw SelectionError("the value at character \(start + 1) is compared with nothing")
            case .operand:
                throw SelectionError("the function at character \(start + 1) gives a value to compare")
            }
            return isNegated ? .not(condition) : condition
        }
        guard !isNegated else {
            throw SelectionError(
                "'!' before character \(start + 1) belongs before parentheses, a path or a function")
        }
        let left = try operand(term, at: start)
        skipSpace()
        let rightStart = position
        return .comparison(left, comparison, try operand(try self.term(), at: rightStart))
    }

    private mutating func comparison() -> JSONPathComparison? {
        for (text, comparison) in [
            ("==", JSONPathComparison.equal), ("!=", .unequal), ("<=", .lessOrEqual),
            (">=", .greaterOrEqual), ("<", .less), (">", .greater),
        ] where skip(text) {
            return comparison
        }
        return nil
    }

    /// What can stand in a condition.
    private enum Term {
        /// Something with a value: a literal, a path of one value, a function.
        case operand(JSONPathOperand)
        /// A path that may find several values.
        case nodes(JSONPath)
        /// A function that is true or false.
        case condition(JSONPathCondition)
    }

    private func operand(_ term: Term, at start: Int) throws(SelectionError) -> JSONPathOperand {
        switch term {
        case .operand(let operand): return operand
        case .nodes:
            throw SelectionError(
                "the path at character \(start + 1) may find several values, and only one can be compared")
        case .condition:
            throw SelectionError(
                "the function at character \(start + 1) is true or false, and is not compared")
        }
    }

    private mutating func term() throws(SelectionError) -> Term {
        let start = position
        switch next {
        case "@", "$":
            let isFromRoot = take() == "$"
            let path = JSONPath(isFromRoot: isFromRoot, segments: try segments())
            return path.isSingular ? .operand(.path(path)) : .nodes(path)
        case "'", "\"": return .operand(.literal(.string(try quoted())))
        case let scalar? where scalar == "-" || ("0"..."9").contains(scalar):
            return .operand(.literal(.number(try number())))
        case let scalar? where ("a"..."z").contains(scalar):
            while let scalar = next,
                ("a"..."z").contains(scalar) || scalar == "_" || ("0"..."9").contains(scalar)
            {
                position += 1
            }
            let word = text(from: start, to: position)
            switch word {
            case "true": return .operand(.literal(.bool(true)))
            case "false": return .operand(.literal(.bool(false)))
            case "null": return .operand(.literal(.null))
            default: return try function(word, at: start)
            }
        default:
            throw SelectionError(
                "'@', '$', a value or a function is expected at character \(position + 1)")
        }
    }

    private mutating func number() throws(SelectionError) -> JSONNumber {
        let start = position
        while let scalar = next,
            ("0"..."9").contains(scalar) || scalar == "-" || scalar == "+" || scalar == "." || scalar == "e"
                || scalar == "E"
        {
            position += 1
        }
        let written = text(from: start, to: position)
        guard let number = JSONNumber(text: written) else {
            throw SelectionError("'\(written)' at character \(start + 1) is not a number")
        }
        return number
    }

    private mutating func function(_ name: String, at start: Int) throws(SelectionError) -> Term {
        guard next == "(" else {
            throw SelectionError(
                "'\(name)' at character \(start + 1) is no value; texts stand in quotes, and a function has '('"
            )
        }
        guard ["length", "count", "value", "match", "search"].contains(name) else {
            throw SelectionError(
                "the function '\(name)' at character \(start + 1) is unknown; there are length, count, value, "
                    + "match and search")
        }
        guard depth < Self.deepest else {
            throw SelectionError("functions stand in each other more than \(Self.deepest) deep")
        }
        depth += 1
        defer { depth -= 1 }
        position += 1
        var arguments: [(term: Term, start: Int)] = []
        while true {
            skipSpace()
            if arguments.isEmpty, next == ")" { break }
            let argumentStart = position
            arguments.append((try term(), argumentStart))
            skipSpace()
            guard next == "," else { break }
            position += 1
        }
        guard take() == ")" else {
            throw SelectionError("')' is missing at character \(min(position, scalars.count + 1))")
        }
        let wanted = name == "match" || name == "search" ? 2 : 1
        guard arguments.count == wanted else {
            throw SelectionError(
                "'\(name)' at character \(start + 1) takes \(wanted == 1 ? "one argument" : "two arguments")")
        }
        let first = arguments[0]
        switch name {
        case "length": return .operand(.length(try operand(first.term, at: first.start)))
        case "count", "value":
            let path: JSONPath
            switch first.term {
            case .nodes(let nodes), .operand(.path(let nodes)): path = nodes
            default:
                throw SelectionError("'\(name)' at character \(start + 1) takes a path")
            }
            return .operand(name == "count" ? .count(path) : .value(path))
        default:
            let text = try operand(first.term, at: first.start)
            let source = try operand(arguments[1].term, at: arguments[1].start)
            let isWhole = name == "match"
            return .condition(
                .pattern(text, try pattern(source, isWhole, at: arguments[1].start), isWhole: isWhole))
        }
    }

    private func pattern(
        _ operand: JSONPathOperand, _ isWhole: Bool, at start: Int
    ) throws(SelectionError) -> JSONPathPattern {
        switch operand {
        case .literal(.string(let source)):
            do throws(PatternError) {
                return .compiled(
                    try Pattern(JSONPathPattern.source(source, isWhole), dialect: .ecma262))
            } catch {
                throw SelectionError("the pattern at character \(start + 1) is wrong: \(error.message)")
            }
        case .literal: return .nothing
        default: return .dynamic(operand)
        }
    }
}
