public import JSON

/// The variables a template is rendered with: several objects looked through in turn, none of them copied.
public struct TemplateContext: Sendable {
    private var layers: [JSONObject]

    /// Creates a context with one layer.
    public init(_ variables: JSONObject = [:]) { layers = [variables] }

    /// Creates a context with several layers; an earlier layer hides the same name in a later one.
    public init(layers: [JSONObject]) { self.layers = layers }

    /// The same context with another layer in front.
    public func adding(_ variables: JSONObject) -> TemplateContext {
        TemplateContext(layers: [variables] + layers)
    }

    /// The value of a variable; nil when it is not given.
    public subscript(name: String) -> JSONValue? {
        for layer in layers {
            if let value = layer[name] { return value }
        }
        return nil
    }

    /// The names of all variables, each once.
    public var names: [String] {
        var seen: Set<String> = []
        return layers.flatMap(\.keys).filter { seen.insert($0).inserted }
    }
}
