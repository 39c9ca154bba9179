import Diagnostics
import Files
import YAML

/// Finds the files of suites.
struct SuiteFinder {
    /// Reads files and collects mistakes.
    let reader: SourceReader

    /// The folder of suites.
    static let folder = ProjectPath(known: "evalsuites")

    /// The suite files that targets name, each once; without targets all below `evalsuites/`.
    func files(_ targets: [Workspace.Target]) -> [YAMLFile] {
        var files: [YAMLFile] = []
        func add(_ more: [YAMLFile]) {
            for file in more where !files.contains(where: { $0.path == file.path }) { files.append(file) }
        }
        if targets.isEmpty {
            add(suites(under: Self.folder))
            if files.isEmpty, !reader.bag.hasErrors {
                reader.report(
                    "no-suites", "there is no suite below evalsuites/", at: nil,
                    hint:
                        "`evalrun init` writes a small project that runs; or name the files: evalrun run FILE"
                )
            }
        }
        for target in targets {
            switch target {
            case .path(let path): add(named(path))
            case .name(let name): add(suite(named: name))
            }
        }
        return files
    }

    /// The prompt files among the targets.
    func promptFiles(_ targets: [Workspace.Target]) -> [ProjectPath] {
        targets.compactMap { target in
            guard case .path(let path) = target, reader.tree.kind(of: path) == .file else { return nil }
            return Self.isPrompt(path) || reader.yaml(path).map(isPromptOnly) ?? false ? path : nil
        }
    }

    /// Whether a file without a telling name is a prompt.
    private func isPromptOnly(_ file: YAMLFile) -> Bool {
        !Self.isSuite(file.path) && !SuiteFile.looksLikeSuite(file.root)
            && PromptFile.looksLikePrompt(file.root)
    }

    /// Whether a file's name says that it is a prompt.
    static func isPrompt(_ path: ProjectPath) -> Bool {
        let name = path.text.lowercased()
        return name.hasSuffix(".prompt.yaml") || name.hasSuffix(".prompt.yml")
    }

    /// Whether a file's name says that it is a suite.
    static func isSuite(_ path: ProjectPath) -> Bool {
        let name = path.text.lowercased()
        return name.hasSuffix(".suite.yaml") || name.hasSuffix(".suite.yml")
    }

    private func named(_ path: ProjectPath) -> [YAMLFile] {
        switch reader.tree.kind(of: path) {
        case .folder:
            let found = suites(under: path)
            if found.isEmpty, !reader.bag.hasErrors {
                reader.report("no-suites", "there is no suite below '\(path.text)'", at: nil)
            }
            return found
        case .file:
            guard !Self.isPrompt(path), let file = reader.yaml(path), !isPromptOnly(file) else { return [] }
            return [file]
        case .missing:
            if let diagnostic = reader.misuse(of: path) {
                reader.add(diagnostic)
                return []
            }
            reader.report("missing-file", "there is no file or suite '\(path.text)'", at: nil)
            return []
        }
    }

    private func suite(named name: String) -> [YAMLFile] {
        let all = suites(under: Self.folder)
        let found = all.filter { ($0.root["suite"] ?? $0.root["name"])?.text == name }
        if found.isEmpty {
            let names = all.compactMap { ($0.root["suite"] ?? $0.root["name"])?.text }
            reader.report(
                "unknown-suite", "there is no suite '\(name)'", at: nil,
                hint: Spelling.hint(for: name, among: names))
        }
        return found
    }

    private func suites(under folder: ProjectPath) -> [YAMLFile] {
        reader.yamlFiles(under: folder).compactMap { path in
            guard let file = reader.yaml(path) else { return nil }
            if Self.isSuite(path) || SuiteFile.looksLikeSuite(file.root) { return file }
            warnOfSuspect(file)
            return nil
        }
    }

    /// Warns of a file that has cases and yet is not taken as a suite.
    private func warnOfSuspect(_ file: YAMLFile) {
        guard let cases = file.root.entries?.first(where: { $0.keyText == "cases" }) else { return }
        let near = file.root.entries?.prefix(100).first { entry in
            SuiteKeys.file.key(entry.keyText) == nil
                && Spelling.nearest(to: entry.keyText, among: ["suite", "name"]) != nil
        }
        let meant = near.flatMap { Spelling.nearest(to: $0.keyText, among: ["suite", "name"]) }
        reader.add(
            Diagnostic(
                "not-a-suite", "the file has cases and is not taken as a suite, for it has no 'suite'",
                at: near?.keyMark ?? cases.keyMark,
                hint: meant.map { "did you mean '\($0)'?" } ?? "add `suite: NAME`", severity: .warning))
    }
}
