import Diagnostics
import Files
import YAML

/// The suite that a case is added to: a file that is there, or the path of a new one.
struct SuitePlace {
    /// The file's path.
    let path: ProjectPath
    /// What it says; nil for a new one.
    let file: YAMLFile?

    /// The names of the prompts that the suite uses, each once.
    var prompts: Set<String> { file.map(Self.prompts) ?? [] }

    /// Finds the suite that a command means.
    ///
    /// Without a target it is the only one that uses the prompt, else `evalsuites/PROMPT.suite.yaml`.
    init(_ target: Workspace.Target?, prompt: Prompt, tree: WorkingTree) throws(DiagnosticError) {
        let reader = SourceReader(tree)
        switch target {
        case .path(let path): try self.init(path, reader)
        case .name:
            let found = SuiteFinder(reader: reader).files([target].compactMap { $0 })
            guard let file = found.first else {
                throw DiagnosticError(
                    reader.bag.sorted + [
                        Diagnostic(
                            "case-not-saved", "without a suite the case was not saved",
                            hint: "a new suite is made by its path: --suite evalsuites/NAME.suite.yaml")
                    ])
            }
            self.init(path: file.path, file: file)
        case nil:
            let finder = SuiteFinder(reader: SourceReader(tree))
            let users = finder.files([]).filter { Self.prompts(of: $0).contains(prompt.name) }
            guard users.count < 2 else {
                throw DiagnosticError(
                    Diagnostic(
                        "several-suites", "several suites use the prompt '\(prompt.name)'",
                        hint: "name one of them with --suite: "
                            + users.map(\.path.text).joined(separator: ", ")))
            }
            if let only = users.first {
                self.init(path: only.path, file: only)
            } else {
                try self.init(
                    ProjectPath("evalsuites/\(prompt.name).suite.yaml") ?? SuiteFinder.folder, reader)
            }
        }
    }

    private init(path: ProjectPath, file: YAMLFile?) {
        self.path = path
        self.file = file
    }

    private init(_ path: ProjectPath, _ reader: SourceReader) throws(DiagnosticError) {
        guard SourceReader.isYAML(path) else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-suite", "'\(path.text)' is no name for the file of a suite",
                    hint: "such as --suite evalsuites/NAME.suite.yaml"))
        }
        if let misuse = reader.misuse(of: path) { throw DiagnosticError(misuse) }
        guard reader.tree.isOccupied(path) else {
            self.init(path: path, file: nil)
            return
        }
        guard let file = reader.yaml(path) else { throw DiagnosticError(reader.bag.sorted) }
        self.init(path: path, file: file)
    }

    private static func prompts(of file: YAMLFile) -> Set<String> {
        let written = file.root["prompts"]?.many.compactMap(\.text) ?? []
        return Set(written.compactMap { PromptReference($0)?.name })
    }
}
