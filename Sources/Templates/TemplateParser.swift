import Diagnostics
import JSON

/// Builds the tree of a template out of its stretches; goes on after mistakes to find them all.
struct TemplateParser {
    /// A block that waits for its end.
    private struct Block {
        /// What kind of block it is.
        enum Kind {
            case conditional([ConditionalBranch], condition: ExpressionNode?)
            case loop(LoopNode, isInElse: Bool)
            case capture(String)
        }

        var kind: Kind
        let name: String
        let offset: Int
        var nodes: [TemplateNode] = []
        var hasElse = false
    }

    private let source: TemplateSource
    private let includes: IncludeResolver
    private let chain: [String]
    private var diagnostics: [Diagnostic] = []
    private var blocks: [Block] = []
    private var nodes: [TemplateNode] = []
    private var isTooDeep = false

    private init(_ source: TemplateSource, _ includes: IncludeResolver, _ chain: [String]) {
        self.source = source
        self.includes = includes
        self.chain = chain
    }

    /// Parses a text; `chain` are the files on the way to it, itself the last.
    static func parse(
        _ source: TemplateSource, includes: IncludeResolver, chain: [String]
    ) throws(DiagnosticError) -> ParsedTemplate {
        guard source.bytes.count <= TemplateLimits.sourceBytes else {
            throw DiagnosticError(
                source.diagnostic(
                    "template-too-large",
                    "the template is larger than \(TemplateLimits.sourceBytes >> 20) MiB",
                    at: 0, hint: "give large texts as variables"))
        }
        var lexer = TemplateLexer(source)
        lexer.run()
        var parser = TemplateParser(source, includes, chain)
        parser.diagnostics = lexer.diagnostics
        for segment in lexer.segments {
            // What follows blocks that nest too deep, or many mistakes, says nothing new.
            guard !parser.isTooDeep, parser.diagnostics.count < TemplateLimits.diagnostics else { break }
            parser.add(segment)
        }
        let isCutShort = parser.isTooDeep || parser.diagnostics.count >= TemplateLimits.diagnostics
        parser.closeAll(isCutOff: isCutShort || lexer.diagnostics.contains { $0.id == "template-unclosed" })
        guard parser.diagnostics.isEmpty else {
            throw DiagnosticError(Array(parser.diagnostics.prefix(TemplateLimits.diagnostics)))
        }
        return ParsedTemplate(source: source, nodes: parser.nodes)
    }

    private mutating func append(_ node: TemplateNode) {
        // Past a mistake no tree is needed, and broken blocks could nest it without bound.
        guard diagnostics.isEmpty else { return }
        if blocks.isEmpty { nodes.append(node) } else { blocks[blocks.count - 1].nodes.append(node) }
    }

    private mutating func add(_ segment: TemplateSegment) {
        switch segment {
        case .text(let text): append(.text(text))
        case .output(let tokens, let offset):
            var parser = ExpressionParser(tokens, source: source, endOffset: offset)
            do throws(DiagnosticError) {
                guard parser.current != nil else {
                    throw parser.failure("'{{ }}' holds no expression", at: offset)
                }
                let expression = try parser.tuple()
                try parser.expectEnd()
                append(.output(expression))
            } catch {
                diagnostics += error.diagnostics
            }
        case .statement(let tokens, let offset):
            var parser = ExpressionParser(tokens, source: source, endOffset: offset)
            do throws(DiagnosticError) { try statement(&parser, offset) } catch {
                diagnostics += error.diagnostics
            }
        case .brokenStatement(let word, let offset): recover(word, offset)
        }
    }

    private mutating func statement(
        _ parser: inout ExpressionParser, _ offset: Int
    ) throws(DiagnosticError) {
        let (word, start) = try parser.takeName("the name of a tag")
        do throws(DiagnosticError) {
            switch word {
            case "if": try open(.conditional([], condition: try condition(&parser)), word, offset)
            case "elif": try nextBranch(try condition(&parser), word, start)
            case "else":
                try parser.expectEnd(hint: "a further condition is written {% elif condition %}")
                try otherwise(start)
            case "for": try open(.loop(try parser.loopHead(at: start), isInElse: false), word, offset)
            case "set": try set(&parser, offset)
            case "include":
                let (path, place) = try parser.includePath()
                let partial = try includes.load(path, at: place, in: source, chain: chain)
                append(.include(partial, offset: place))
            case "endif", "endfor", "endset":
                if word != "endset" || parser.current == nil { try parser.expectEnd() }
                try close(String(word.dropFirst(3)), start)
            default: throw unknownTag(word, start)
            }
        } catch {
            recover(word, offset)
            throw error
        }
    }

    private func unknownTag(_ word: String, _ start: Int) -> DiagnosticError {
        let known = [
            "if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw", "include",
        ]
        let others = [
            "macro", "endmacro", "call", "endcall", "filter", "endfilter", "extends", "block", "endblock",
            "import",
            "from", "with", "endwith", "autoescape", "endautoescape", "do", "break", "continue", "trans",
            "debug",
        ]
        let source = self.source
        if word == "endraw" {
            return DiagnosticError(
                source.diagnostic("template-syntax", "'endraw' without a block 'raw' to close", at: start))
        }
        if others.contains(word) {
            return DiagnosticError(
                source.diagnostic(
                    "unknown-template-tag", "the tag '\(word)' of Jinja is not supported in prompts",
                    at: start,
                    hint: "supported are: if, for, set, raw and include"))
        }
        return DiagnosticError(
            source.diagnostic(
                "unknown-template-tag", "unknown tag '\(word)'", at: start,
                hint: Spelling.hint(for: word, among: known)))
    }

    private func condition(_ parser: inout ExpressionParser) throws(DiagnosticError) -> ExpressionNode {
        let result = try parser.tuple()
        let isAssignment = parser.current?.kind == .symbol("=")
        try parser.expectEnd(hint: isAssignment ? "to compare, write ==" : nil)
        return result
    }

    private mutating func open(_ kind: Block.Kind, _ name: String, _ offset: Int) throws(DiagnosticError) {
        guard blocks.count < TemplateLimits.blockDepth else {
            isTooDeep = true
            throw DiagnosticError(
                source.diagnostic(
                    "template-too-deep", "blocks are nested deeper than \(TemplateLimits.blockDepth) levels",
                    at: offset))
        }
        blocks.append(Block(kind: kind, name: name, offset: offset))
    }

    private mutating func set(_ parser: inout ExpressionParser, _ offset: Int) throws(DiagnosticError) {
        let target = try parser.setTarget()
        if parser.take(symbol: "=") {
            let value = try parser.tuple()
            try parser.expectEnd()
            switch target {
            case .names(let names): append(.assignment(names, value))
            case .attribute(let object, let name, let start):
                append(.attributeAssignment(object: object, name: name, value, offset: start))
            }
            return
        }
        try parser.expectEnd(hint: "write {% set name = value %}, or {% set name %}text{% endset %}")
        guard case .names(let names) = target, names.count == 1 else {
            throw parser.failure("a block of text can only be set to one plain name", at: offset)
        }
        try open(.capture(names[0]), "set", offset)
    }

    // MARK: Ends of blocks

    private mutating func nextBranch(
        _ condition: ExpressionNode?, _ word: String, _ start: Int
    ) throws(DiagnosticError) {
        guard var block = blocks.last, case .conditional(var branches, let previous) = block.kind else {
            throw misplaced(word, "if", start)
        }
        guard !block.hasElse else {
            throw DiagnosticError(
                source.diagnostic("template-syntax", "'\(word)' can't follow 'else'", at: start))
        }
        branches.append(ConditionalBranch(condition: previous, body: block.nodes))
        block.kind = .conditional(branches, condition: condition)
        block.nodes = []
        block.hasElse = condition == nil
        blocks[blocks.count - 1] = block
    }

    private mutating func otherwise(_ start: Int) throws(DiagnosticError) {
        guard var block = blocks.last, case .loop(var loop, false) = block.kind else {
            return try nextBranch(nil, "else", start)
        }
        loop.body = block.nodes
        block.kind = .loop(loop, isInElse: true)
        block.nodes = []
        block.hasElse = true
        blocks[blocks.count - 1] = block
    }

    private mutating func close(_ name: String, _ start: Int) throws(DiagnosticError) {
        guard let block = blocks.last, block.name == name else { throw misplaced("end\(name)", name, start) }
        blocks.removeLast()
        switch block.kind {
        case .conditional(let branches, let condition):
            append(.conditional(branches + [ConditionalBranch(condition: condition, body: block.nodes)]))
        case .loop(var loop, let isInElse):
            if isInElse { loop.otherwise = block.nodes } else { loop.body = block.nodes }
            append(.loop(loop))
        case .capture(let target): append(.capture(target, block.nodes))
        }
    }

    private func misplaced(_ word: String, _ name: String, _ start: Int) -> DiagnosticError {
        guard let block = blocks.last else {
            return DiagnosticError(
                source.diagnostic("template-syntax", "'\(word)' without a block '\(name)'", at: start))
        }
        let opening = source.mark(at: block.offset)
        return DiagnosticError(
            source.diagnostic(
                "template-syntax",
                "'\(word)' does not belong to the block '\(block.name)' of line \(opening.line)",
                at: start, hint: "close it first with {% end\(block.name) %}",
                notes: [Diagnostic.Note("'\(block.name)' begins here", at: opening)]))
    }

    /// Opens or closes the block of a broken tag all the same, so that one mistake is not reported twice.
    private mutating func recover(_ word: String, _ offset: Int) {
        let nothing = ExpressionNode(.literal(nil), at: offset)
        switch word {
        case "if":
            blocks.append(Block(kind: .conditional([], condition: nothing), name: word, offset: offset))
        case "for":
            let loop = LoopNode(targets: [], sequence: nothing, body: [], otherwise: [], offset: offset)
            blocks.append(Block(kind: .loop(loop, isInElse: false), name: word, offset: offset))
        case "endif", "endfor", "endset":
            let name = String(word.dropFirst(3))
            if let index = blocks.lastIndex(where: { $0.name == name }) { blocks.removeSubrange(index...) }
        default: break
        }
    }

    /// Reports the blocks left open, unless the text broke off for another reason that was reported.
    private mutating func closeAll(isCutOff: Bool) {
        guard !isCutOff else { return }
        for block in blocks.reversed().prefix(TemplateLimits.diagnostics) {
            let line = source.mark(at: block.offset).line
            diagnostics.append(
                source.diagnostic(
                    "template-unclosed", "the block '\(block.name)' of line \(line) is never closed",
                    at: block.offset, hint: "close it with {% end\(block.name) %}"))
        }
    }
}
