import CLibYAML

/// What libyaml finds in a text, one event after the other; owns the parser and its input.
final class YAMLEventStream {
    /// An event; texts are copied out of libyaml.
    enum Event {
        case documentStart
        case alias(String)
        case scalar(text: String, style: YAMLScalar.Style, anchor: String?, tag: String?)
        case sequenceStart(anchor: String?, tag: String?, flow: Bool)
        case sequenceEnd
        case mappingStart(anchor: String?, tag: String?, flow: Bool)
        case mappingEnd
        case streamEnd
    }

    /// Why libyaml can't go on.
    struct Failure: Error {
        /// What is wrong, in libyaml's words.
        var problem: String
        /// Where.
        var place: YAMLPlace
        /// What libyaml was doing, such as `while parsing a block mapping`.
        var context: String?
        /// Where that began.
        var contextPlace: YAMLPlace?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Starts on a text in UTF-8; nil when there is no memory.
    init?(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        input = .allocate(capacity: max(1, bytes.count))
        _ = input.initialize(from: bytes)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event and where it begins; after `streamEnd` there is none.
    func next() throws(Failure) -> (event: Event, place: YAMLPlace) {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            let place = Self.place(event.start_mark)
            if let translated = Self.translate(event) { return (translated, place) }
        }
    }

    /// The event in Swift's terms; nil for one that says nothing.
    private static func translate(_ event: yaml_event_t) -> Event? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            return .documentStart
        case YAML_ALIAS_EVENT:
            return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                text: String(decoding: content, as: UTF8.self), style: style(scalar.style),
                anchor: text(scalar.anchor), tag: text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(
                anchor: text(start.anchor), tag: text(start.tag),
                flow: start.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_SEQUENCE_END_EVENT:
            return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(
                anchor: text(start.anchor), tag: text(start.tag), flow: start.style == YAML_FLOW_MAPPING_STYLE
            )
        case YAML_MAPPING_END_EVENT:
            return .mappingEnd
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT:
            return .streamEnd
        default:
            return nil
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func text(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private static func place(_ mark: yaml_mark_t) -> YAMLPlace {
        YAMLPlace(line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
    }

    private func failure() -> Failure {
        let state = parser.pointee
        guard let problem = state.problem else {
            return Failure(problem: "there is not enough memory", place: YAMLPlace(line: 1, column: 1))
        }
        let context = state.context.map { String(cString: $0) }
        return Failure(
            problem: String(cString: problem), place: Self.place(state.problem_mark), context: context,
            contextPlace: context == nil ? nil : Self.place(state.context_mark))
    }
}
