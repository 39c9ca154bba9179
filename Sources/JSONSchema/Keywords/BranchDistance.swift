import JSON

/// How far a value is from fitting one branch of `anyOf` or `oneOf`; the branch with the least is explained first.
///
/// In this order, the first difference decides:
/// 1. a branch for another type of value (or the schema `false`) is farther than one for this type;
/// 2. fewer fixed values (`const`, `enum`) of the value itself and its direct members that differ: they tell the
///    variants of a union apart;
/// 3. fewer other violations of the value itself, such as missing or unwanted members;
/// 4. the deepest violation lies deeper, so that more of the value fits;
/// 5. fewer violations.
struct BranchDistance: Sendable, Hashable, Comparable {
    /// Whether the branch wants another type of value.
    private(set) var isOfAnotherType = false
    /// Fixed values that the value itself should have.
    private(set) var differsItself = 0
    /// Fixed values that its members should have.
    private var differsInMembers = 0
    /// Other violations of the value itself.
    private var own = 0
    /// Levels from the value down to its deepest violation.
    private var deepest = 0
    /// All violations, in place of those of nested branches their nearest one's.
    private var count = 0

    /// Measures a branch.
    ///
    /// - Parameters:
    ///   - violations: What is wrong; nothing when too much was wrong elsewhere to look, which is farthest.
    ///   - depth: How many tokens the value's place has.
    init(_ violations: [SchemaViolation], depth: Int) {
        for violation in violations {
            add(violation, levels: violation.instanceLocation.tokens.count - depth)
        }
        if violations.isEmpty {
            isOfAnotherType = true
            count = .max
        }
    }

    private mutating func add(_ violation: SchemaViolation, levels: Int) {
        let nested = violation.nearestDistance
        deepest = max(deepest, levels + (nested?.deepest ?? 0))
        count = count.addingReportingOverflow(nested?.count ?? 1).partialValue
        let isFixed = violation.keyword == "const" || violation.keyword == "enum"
        switch (levels, violation.keyword) {
        case (0, _) where nested != nil:
            guard let nested else { return }
            isOfAnotherType = isOfAnotherType || nested.isOfAnotherType
            differsItself += nested.differsItself
            differsInMembers += nested.differsInMembers
            own += nested.own
        case (0, _) where isFixed: differsItself += 1
        case (0, "type"), (0, "false"):
            isOfAnotherType = true
            own += 1
        case (0, _): own += 1
        case (1, _) where isFixed || nested?.differsItself ?? 0 > 0: differsInMembers += 1
        case (1, "additionalProperties"), (1, "unevaluatedProperties"), (1, "propertyNames"), (1, "false"):
            own += 1
        default: break
        }
    }

    /// Orders by the rules above, the nearest first.
    static func < (left: BranchDistance, right: BranchDistance) -> Bool {
        if left.isOfAnotherType != right.isOfAnotherType { return right.isOfAnotherType }
        let leftDiffers = left.differsItself + left.differsInMembers
        let rightDiffers = right.differsItself + right.differsInMembers
        return (leftDiffers, left.own, right.deepest, left.count)
            < (rightDiffers, right.own, left.deepest, right.count)
    }
}
