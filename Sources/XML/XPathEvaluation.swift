import CLibXML2

/// One evaluation of one expression: owns the library's context, and what the expression is compiled to.
final class XPathEvaluation {
    /// How many operations one evaluation may take: about a second.
    private static let maximumOperations: UInt = 10_000_000

    /// The most text that the nodes of one result may have, in bytes.
    private static let maximumText = 256 << 20

    private let context: xmlXPathContextPtr
    private let document: xmlDocPtr
    private var expression: xmlXPathCompExprPtr?
    /// The last error told: its code and message.
    private var failure: (code: UInt32, place: Int, message: String)?

    /// Prepares an evaluation in a document, which must outlive it.
    init(_ document: xmlDocPtr) throws(XPathError) {
        guard let context = xmlXPathNewContext(document) else {
            throw XPathError(.evaluation, "there is not enough memory")
        }
        self.context = context
        self.document = document
        context.pointee.opLimit = Self.maximumOperations
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        context.pointee.error = { data, error in
            guard let data, let error else { return }
            Unmanaged<XPathEvaluation>.fromOpaque(data).takeUnretainedValue().take(error.pointee)
        }
        // Asked first for every function; without this the library tells of an unknown one on stderr.
        xmlXPathRegisterFuncLookup(
            context,
            { _, name, _ in
                guard let name, !XPathEvaluation.functions.contains(String(cString: name)) else { return nil }
                return { parser, _ in xmlXPathErr(parser, Int32(XPATH_UNKNOWN_FUNC_ERROR.rawValue)) }
            }, nil)
    }

    /// The core library of XPath 1.0, section 4.
    private static let functions: Set<String> = [
        "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
        "starts-with", "contains", "substring-before", "substring-after", "substring", "string-length",
        "normalize-space", "translate", "boolean", "not", "true", "false", "lang", "number", "sum", "floor",
        "ceiling", "round",
    ]

    deinit {
        if let expression { xmlXPathFreeCompExpr(expression) }
        xmlXPathFreeContext(context)
    }

    /// Compiles an expression; throws why that is not possible.
    private func compiled(_ source: String) throws(XPathError) -> xmlXPathCompExprPtr {
        guard let compiled = xmlXPathCtxtCompile(context, source) else {
            let message = failure?.message ?? "it is no XPath"
            let place = failure.map { $0.place > 0 ? " at character \($0.place + 1)" : "" } ?? ""
            throw XPathError(.syntax, "'\(source)' is no XPath: \(message)\(place)")
        }
        expression = compiled
        return compiled
    }

    /// The value of an expression; nil for a set of no nodes.
    func value(of source: String) throws(XPathError) -> XPathValue? {
        registerPrefixes()
        let compiled = try compiled(source)
        // The document is a node as well: what all kinds of nodes have in common comes first in each.
        context.pointee.node = UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)
        guard let object = xmlXPathCompiledEval(compiled, context) else {
            if failure?.code == XML_XPATH_UNDEF_PREFIX_ERROR.rawValue { return nil }
            throw XPathError(.evaluation, failure?.message ?? "it has no value")
        }
        defer { xmlXPathFreeObject(object) }
        switch object.pointee.type {
        case XPATH_NODESET: return try texts(object.pointee.nodesetval)
        case XPATH_BOOLEAN: return .bool(object.pointee.boolval != 0)
        case XPATH_NUMBER: return .number(object.pointee.floatval)
        case XPATH_STRING:
            return .text(object.pointee.stringval.map { String(cString: $0) } ?? "")
        default: throw XPathError(.evaluation, "its value is of a kind that is not supported")
        }
    }

    private func texts(_ set: xmlNodeSetPtr?) throws(XPathError) -> XPathValue? {
        guard let set, set.pointee.nodeNr > 0, let table = set.pointee.nodeTab else { return nil }
        xmlXPathNodeSetSort(set)
        guard let buffer = xmlBufferCreate() else {
            throw XPathError(.evaluation, "there is not enough memory")
        }
        defer { xmlBufferFree(buffer) }
        var texts: [String] = []
        var size = 0
        for index in 0..<Int(set.pointee.nodeNr) {
            guard let node = table[index] else { continue }
            xmlBufferEmpty(buffer)
            guard xmlNodeBufGetContent(buffer, node) == 0 else { continue }
            let text = xmlBufferContent(buffer).map { String(cString: $0) } ?? ""
            // Nodes can stand inside each other, and each has the text of all that is inside.
            size += text.utf8.count
            guard size <= Self.maximumText else {
                throw XPathError(
                    .evaluation, "the nodes it finds have more than \(Self.maximumText) bytes of text")
            }
            texts.append(text)
        }
        return texts.isEmpty ? nil : .texts(texts)
    }

    /// Makes the prefixes that are declared in the document known; of two meanings of one the outermost counts.
    private func registerPrefixes() {
        guard let root = xmlDocGetRootElement(document) else { return }
        var seen: Set<String> = []
        var next: xmlNodePtr? = root
        while let node = next {
            if node.pointee.type == XML_ELEMENT_NODE {
                var declaration = node.pointee.nsDef
                while let namespace = declaration {
                    if let prefix = namespace.pointee.prefix, let address = namespace.pointee.href,
                        seen.count < 1000, seen.insert(String(cString: prefix)).inserted
                    {
                        _ = xmlXPathRegisterNs(context, prefix, address)
                    }
                    declaration = namespace.pointee.next
                }
            }
            next = Self.node(after: node, inside: root)
        }
    }

    /// The next node in the order of the document.
    private static func node(after node: xmlNodePtr, inside root: xmlNodePtr) -> xmlNodePtr? {
        if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children { return child }
        var current = node
        while current != root {
            if let next = current.pointee.next { return next }
            guard let parent = current.pointee.parent else { return nil }
            current = parent
        }
        return nil
    }

    private func take(_ error: xmlError) {
        guard failure == nil else { return }
        let code = UInt32(bitPattern: error.code)
        failure = (code, Int(error.int1), Self.words(code, error.message.map { String(cString: $0) }))
    }

    /// What an error of the library means; it has words of its own for few of them.
    private static func words(_ code: UInt32, _ message: String?) -> String {
        // The library tells its XPath errors as codes from 1200 up, in the order of its own enumeration.
        let base = XML_XPATH_EXPRESSION_OK.rawValue
        switch code {
        case XML_XPATH_NUMBER_ERROR.rawValue: return "a number is wrong"
        case XML_XPATH_UNFINISHED_LITERAL_ERROR.rawValue: return "a quoted text has no end"
        case XML_XPATH_UNDEF_VARIABLE_ERROR.rawValue, XML_XPATH_VARIABLE_REF_ERROR.rawValue:
            return "a variable has no value here"
        case XML_XPATH_INVALID_PREDICATE_ERROR.rawValue: return "a predicate [...] is wrong"
        case XML_XPATH_UNCLOSED_ERROR.rawValue: return "a parenthesis is not closed"
        case XML_XPATH_UNKNOWN_FUNC_ERROR.rawValue:
            return "a function is unknown; XPath 1.0 has those of its core"
        case XML_XPATH_INVALID_OPERAND.rawValue: return "an operand is wrong"
        case XML_XPATH_INVALID_TYPE.rawValue:
            return "a value is of the wrong type, such as a text for count()"
        case XML_XPATH_INVALID_ARITY.rawValue: return "a function has the wrong number of arguments"
        case XML_XPATH_UNDEF_PREFIX_ERROR.rawValue: return "a prefix is not declared"
        case base + XPATH_OP_LIMIT_EXCEEDED.rawValue: return "it takes more than \(maximumOperations) steps"
        default:
            let words = message?.unicodeScalars.filter { $0 != "\n" }
            return words.map { String(String.UnicodeScalarView($0)) } ?? "the expression is wrong"
        }
    }
}
