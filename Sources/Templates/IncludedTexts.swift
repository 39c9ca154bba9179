extension Template {
    /// The texts of the files that the template includes, in order, those of their own includes among them.
    public var includedTexts: [String] { nodes.flatMap(Self.included) }

    private static func included(_ node: TemplateNode) -> [String] {
        switch node {
        case .text, .output, .assignment, .attributeAssignment: []
        case .conditional(let branches): branches.flatMap { $0.body.flatMap(included) }
        case .loop(let loop): (loop.body + loop.otherwise).flatMap(included)
        case .capture(_, let body): body.flatMap(included)
        case .include(let partial, _):
            [String(decoding: partial.source.bytes, as: UTF8.self)] + partial.nodes.flatMap(included)
        }
    }
}
