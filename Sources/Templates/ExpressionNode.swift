import JSON

/// A parsed expression with its place.
struct ExpressionNode: Sendable {
    /// What is computed.
    let kind: Kind
    /// The offset of the token that messages point at.
    let offset: Int
    /// The height of the tree, so that nothing too deep to walk is ever built.
    let height: Int

    /// Creates a node above its operands.
    init(_ kind: Kind, at offset: Int, over operands: [ExpressionNode] = []) {
        self.kind = kind
        self.offset = offset
        height = 1 + (operands.lazy.map(\.height).max() ?? 0)
    }

    /// The kinds of expressions.
    indirect enum Kind: Sendable {
        /// A literal.
        case literal(JSONValue)
        /// A variable.
        case variable(String)
        /// `[a, b]`, and tuples.
        case list([ExpressionNode])
        /// `{'a': b}`.
        case mapping([(key: ExpressionNode, value: ExpressionNode)])
        /// `a.b`.
        case attribute(ExpressionNode, String)
        /// `a[b]`.
        case item(ExpressionNode, ExpressionNode)
        /// `a[start:stop:step]`.
        case slice(ExpressionNode, start: ExpressionNode?, stop: ExpressionNode?, step: ExpressionNode?)
        /// `-a` or `+a`.
        case sign(ExpressionNode, isMinus: Bool)
        /// `a + b` and the like.
        case arithmetic(ArithmeticOperator, ExpressionNode, ExpressionNode)
        /// `a ~ b ~ c`.
        case concatenation([ExpressionNode])
        /// `a < b <= c`.
        case comparison(ExpressionNode, [ComparisonStep])
        /// `not a`.
        case not(ExpressionNode)
        /// `a and b and c`.
        case and([ExpressionNode])
        /// `a or b or c`.
        case or([ExpressionNode])
        /// `a if c else b`.
        case conditional(condition: ExpressionNode, then: ExpressionNode, otherwise: ExpressionNode?)
        /// `a | default(b, boolean)`.
        case defaulted(ExpressionNode, CallArguments)
        /// `a is defined`, or `is undefined` when not expected.
        case definedness(ExpressionNode, expected: Bool)
        /// `a | filter(…)`.
        case filter(ExpressionNode, FilterDefinition, CallArguments)
        /// `a is test(…)`.
        case predicate(ExpressionNode, PredicateDefinition, [ExpressionNode])
        /// `a.method(…)`.
        case method(ExpressionNode, MethodDefinition, CallArguments)
        /// `range(…)` and the like.
        case function(FunctionDefinition, CallArguments)
    }
}

/// An operator of a chain of comparisons with its right side.
struct ComparisonStep: Sendable {
    /// The operator.
    var symbol: ComparisonOperator
    /// What stands right of it.
    var operand: ExpressionNode
}

/// The arguments written at a call.
struct CallArguments: Sendable {
    /// Those without a name.
    var positional: [ExpressionNode] = []
    /// Those written as `name=value`.
    var keywords: [(name: String, value: ExpressionNode)] = []

    /// All argument expressions.
    var expressions: [ExpressionNode] { positional + keywords.map(\.value) }
}

/// The operators of arithmetic.
enum ArithmeticOperator: String, Sendable {
    /// Sum, or joining of texts or lists.
    case add = "+"
    /// Difference.
    case subtract = "-"
    /// Product, or repetition.
    case multiply = "*"
    /// Quotient, always a decimal.
    case divide = "/"
    /// Quotient rounded down.
    case floorDivide = "//"
    /// Remainder with the sign of the divisor.
    case remainder = "%"
    /// Power.
    case power = "**"
}

/// The operators of comparison.
enum ComparisonOperator: String, Sendable {
    /// Equal.
    case equal = "=="
    /// Not equal.
    case notEqual = "!="
    /// Below.
    case less = "<"
    /// Below or equal.
    case lessOrEqual = "<="
    /// Above.
    case greater = ">"
    /// Above or equal.
    case greaterOrEqual = ">="
    /// Contained in.
    case contained = "in"
    /// Not contained in.
    case notContained = "not in"
}
