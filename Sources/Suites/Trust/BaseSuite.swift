import Diagnostics
import Evals
import YAML

/// A suite as a trusted commit has it.
struct BaseSuite: Sendable {
    /// The name.
    var name: String
    /// The file as it was.
    var file: YAMLFile
    /// Where the name stands.
    var mark: SourceMark
    /// The gates, implied ones included.
    var gates: [GateSpecification]
    /// True when the command means it: it may not be missing in the work tree.
    var isWanted: Bool

    /// The suite of a file; nil when it has no name.
    ///
    /// Mistakes in its gates are reported: gates that can't be read can't be trusted.
    init?(_ file: YAMLFile, isWanted: Bool, reader: SourceReader) {
        let fields = Fields(file.root, SuiteKeys.file)
        guard let name = fields.text("suite") else { return nil }
        self.name = name
        self.file = file
        self.isWanted = isWanted
        mark = fields.keyMark("suite")
        if let node = fields["gates"] {
            var shape = ShapeChecker()
            shape.check(node, .list(.record(SuiteKeys.gate)), what: "'gates'")
            reader.add(contentsOf: shape.diagnostics)
        }
        gates = GateSpecification.complete(
            (fields["gates"]?.items ?? []).compactMap { GateReader(reader: reader).gate($0) }, mark: mark)
    }
}
