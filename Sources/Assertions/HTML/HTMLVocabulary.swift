/// What is known of HTML's elements (WHATWG HTML, sections 4 and 13.1.2).
enum HTMLVocabulary {
    /// The elements of today's HTML.
    static let elements: Set<String> = [
        "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote",
        "body", "br", "button", "canvas", "caption", "cite", "code", "col", "colgroup", "data", "datalist",
        "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr",
        "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map",
        "mark", "math", "menu", "meta", "meter", "nav", "noscript", "object", "ol", "optgroup", "option",
        "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script",
        "search", "section", "select", "slot", "small", "source", "span", "strong", "style", "sub", "summary",
        "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
        "tr", "track", "u", "ul", "var", "video", "wbr",
    ]

    /// Elements that browsers still know and authors must not use; they alone do not make a text HTML.
    static let obsolete: Set<String> = [
        "acronym", "applet", "basefont", "bgsound", "big", "blink", "center", "dir", "font", "frame",
        "frameset", "isindex", "keygen", "listing", "marquee", "menuitem", "nobr", "noembed", "noframes",
        "plaintext", "rb", "rtc", "spacer", "strike", "tt", "xmp",
    ]

    /// Elements without content and end tag.
    static let void: Set<String> = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
        "link", "meta", "param", "source", "track", "wbr",
    ]

    /// Elements whose end tag may be left out.
    static let optionalEnd: Set<String> = [
        "html", "head", "body", "li", "dt", "dd", "p", "rt", "rp", "optgroup", "option", "colgroup",
        "caption",
        "thead", "tbody", "tfoot", "tr", "td", "th",
    ]

    /// Elements whose content is text up to their end tag, whatever it looks like.
    static let rawText: Set<String> = [
        "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp",
    ]

    /// Elements whose start tag is a strong sign of HTML, as few other texts have them.
    static let telling: Set<String> = [
        "html", "head", "body", "div", "span", "p", "a", "img", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
        "ol",
        "li", "table", "tr", "td", "th", "form", "input", "button", "script", "style", "link", "meta", "br",
        "hr",
    ]

    /// Elements before which an open paragraph ends (section 13.1.2.4).
    static let endsParagraph: Set<String> = [
        "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr",
        "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul",
    ]

    /// The elements that a start tag ends when one of them is innermost.
    static func endedBefore(_ name: String) -> Set<String> {
        switch name {
        case "li": ["li"]
        case "dt", "dd": ["dt", "dd"]
        case "rt", "rp": ["rt", "rp"]
        case "option": ["option"]
        case "optgroup": ["option", "optgroup"]
        case "td", "th": ["td", "th"]
        case "tr": ["tr", "td", "th", "caption", "colgroup"]
        case "tbody", "thead", "tfoot":
            ["tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"]
        case "colgroup": ["caption", "colgroup"]
        case "body": ["head"]
        default: endsParagraph.contains(name) ? ["p"] : []
        }
    }

    /// Whether a name is that of a custom element: a hyphen behind the first letter.
    static func isCustom(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "-")) }

    /// Whether a browser knows the element, as its own or as one that a script may define.
    static func isKnown(_ name: String) -> Bool {
        elements.contains(name) || obsolete.contains(name) || isCustom(name)
    }
}
