/// Reads the steps of a path in the JSONPath subset that `Selection` knows.
struct SelectionParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// Prepares to read a text that begins with `$`.
    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The steps after the `$`.
    mutating func steps() throws(SelectionError) -> [Selection.Step] {
        var steps: [Selection.Step] = []
        position = 1
        while let next = take() {
            switch next {
            case ".": steps.append(try member())
            case "[": steps.append(try bracket())
            default:
                throw SelectionError("'.' or '[' is expected at character \(position), not '\(next)'")
            }
        }
        return steps
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        position += 1
        return scalar
    }

    private mutating func member() throws(SelectionError) -> Selection.Step {
        if next == "*" {
            position += 1
            return .all
        }
        if next == "." { throw SelectionError("'..' (search at any depth) is not supported") }
        let start = position
        while let scalar = next, Self.isNamePart(scalar) { position += 1 }
        guard position > start else {
            throw SelectionError("a name is expected at character \(position + 1)")
        }
        return .name(text(from: start, to: position))
    }

    private mutating func bracket() throws(SelectionError) -> Selection.Step {
        let step: Selection.Step
        switch next {
        case "*":
            position += 1
            step = .all
        case "'", "\"": step = .name(try quoted())
        case "?": throw SelectionError("filters such as [?…] are not supported")
        default: step = .index(try index())
        }
        switch take() {
        case "]": return step
        case ":": throw SelectionError("slices such as [1:3] are not supported")
        case ",": throw SelectionError("lists such as [0,1] are not supported")
        default: throw SelectionError("']' is missing after character \(min(position, scalars.count))")
        }
    }

    private mutating func quoted() throws(SelectionError) -> String {
        let quote = take()
        var name = String.UnicodeScalarView()
        while let scalar = take() {
            if scalar == quote { return String(name) }
            if scalar == "\\", let escaped = next {
                guard escaped == quote || escaped == "\\" else {
                    throw SelectionError(
                        "in a quoted name '\\' stands before the quote or another '\\' only "
                            + "(character \(position))")
                }
                position += 1
                name.append(escaped)
            } else {
                name.append(scalar)
            }
        }
        throw SelectionError("a quoted name has no end")
    }

    private mutating func index() throws(SelectionError) -> Int {
        let start = position
        if next == "-" { position += 1 }
        while let scalar = next, ("0"..."9").contains(scalar) { position += 1 }
        // Longer numbers are no index of any list, and could not be negated safely.
        guard position - start <= 10, let index = Int(text(from: start, to: position)) else {
            throw SelectionError("a number, '*' or a quoted name is expected at character \(start + 1)")
        }
        return index
    }

    private func text(from start: Int, to end: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<end])
        return String(view)
    }

    /// Everything but punctuation that JSONPath uses or may use; other names go into brackets.
    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: scalar.value >= 0x80 && !scalar.properties.isWhitespace
        }
    }
}
