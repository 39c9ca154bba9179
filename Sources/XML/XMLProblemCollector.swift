import CLibXML2

/// Keeps the problems that the parser tells while it reads one text.
final class XMLProblemCollector {
    /// What was told, in the order of the text.
    private(set) var problems: [XMLProblem] = []
    /// Whether the parser gave up at one of its limits: length of a name, memory.
    private(set) var isLimit = false
    /// Set where the tree has grown beyond what is kept: why.
    private(set) var excess: String?
    /// The elements and attributes so far.
    private var nodes = 0

    /// Has the parser's errors sent here instead of stderr; this object must outlive the parsing.
    func listen(to context: xmlParserCtxtPtr) {
        context.pointee._private = Unmanaged.passUnretained(self).toOpaque()
        context.pointee.sax?.pointee.serror = { data, error in
            guard let context = data?.assumingMemoryBound(to: xmlParserCtxt.self),
                let collector = context.pointee._private, let error
            else { return }
            let problem = error.pointee
            Unmanaged<XMLProblemCollector>.fromOpaque(collector).takeUnretainedValue().take(problem)
        }
    }

    /// Holds the tree that the parser builds to these sizes; parsing stops where it would grow beyond.
    func limitTree(of context: xmlParserCtxtPtr, depth: Int, nodes: Int) {
        maximumDepth = depth
        maximumNodes = nodes
        context.pointee.sax?.pointee.startElementNs = {
            data, name, prefix, address, namespaceCount, namespaces, attributeCount, defaultedCount,
            attributes in
            guard let context = data?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
            if let collector = context.pointee._private,
                !Unmanaged<XMLProblemCollector>.fromOpaque(collector).takeUnretainedValue()
                    .admits(1 + Int(attributeCount) + Int(namespaceCount), at: Int(context.pointee.nodeNr))
            {
                xmlStopParser(context)
                return
            }
            xmlSAX2StartElementNs(
                data, name, prefix, address, namespaceCount, namespaces, attributeCount, defaultedCount,
                attributes)
        }
    }

    private var maximumDepth = Int.max
    private var maximumNodes = Int.max

    private func admits(_ count: Int, at depth: Int) -> Bool {
        nodes += count
        if depth >= maximumDepth {
            excess = excess ?? "its elements nest deeper than \(maximumDepth)"
        } else if nodes > maximumNodes {
            excess = excess ?? "it has more than \(maximumNodes) elements and attributes"
        }
        return excess == nil
    }

    /// Takes an error of the parser; warnings and rules of namespaces are left out.
    private func take(_ error: xmlError) {
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue,
            error.domain != Int32(bitPattern: XML_FROM_NAMESPACE.rawValue),
            problems.count < XMLChecker.maximumProblems
        else { return }
        let limits = [XML_ERR_NO_MEMORY.rawValue, XML_ERR_NAME_TOO_LONG.rawValue]
        // 116 is XML_ERR_RESOURCE_LIMIT, which newer versions of the library have.
        if limits.contains(UInt32(bitPattern: error.code)) || error.code == 116 { isLimit = true }
        var message = error.message.map { String(cString: $0) } ?? "error \(error.code)"
        while let last = message.unicodeScalars.last, last.properties.isWhitespace || last == "." {
            message.unicodeScalars.removeLast()
        }
        problems.append(
            XMLProblem(line: max(Int(error.line), 0), column: max(Int(error.int2), 0), message: message))
    }
}
