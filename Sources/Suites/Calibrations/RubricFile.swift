import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Finds the assertion that is to be calibrated in a list of assertions, as `use:` takes it, or a single one.
struct RubricFile {
    /// Reads the file and collects mistakes.
    let reader: SourceReader
    /// The types that are known.
    let catalog: AssertionCatalog
    /// Today, as `YYYY-MM-DD`.
    let today: String

    /// The one that asks a judge; nil, with diagnostics, when there is none, or several and no metric chooses.
    ///
    /// - Parameter judge: The judge in place of the one it names.
    func assertion(_ path: ProjectPath, metric: String?, judge: String?) -> AssertionTemplate? {
        guard let file = reader.yaml(path) else { return nil }
        let before = reader.mistakeCount
        let list = AssertionReader(reader: reader, catalog: catalog, today: today, file: file)
        let all =
            file.root.items == nil
            ? list.assertions(entry: file.root, depth: 0) : list.assertions(file.root)
        guard reader.mistakeCount == before else { return nil }
        let mark = SourceMark(file: reader.shown(path))
        let judged = all.flatMap(\.judged)
        guard !judged.isEmpty else {
            reader.report(
                "no-judge", "no assertion of the file asks a judge", at: mark,
                hint: "write one such as `- rubric: …`")
            return nil
        }
        let names = judged.map(\.calibrationName)
        let chosen = metric.map { metric in judged.filter { $0.calibrationName == metric } } ?? judged
        guard let first = chosen.first else {
            reader.report(
                "unknown-metric", "no assertion of the file that asks a judge is '\(metric ?? "")'", at: mark,
                hint: Spelling.hint(for: metric ?? "", among: names))
            return nil
        }
        guard chosen.count == 1 else {
            let named = Set(names).count == names.count ? names : names.filter { !$0.isEmpty }
            reader.report(
                "several-judges",
                "\(chosen.count) assertions of the file ask a judge: \(named.joined(separator: ", "))",
                at: mark,
                hint: "name one by --metric; give them different metrics where they have none")
            return nil
        }
        return first.calibrated(by: judge, with: reader, catalog)
    }
}

extension AssertionTemplate {
    /// Itself and the assertions inside it that ask a judge.
    fileprivate var judged: [AssertionTemplate] {
        let asks = descriptor.needs?(base).contains { $0.role == .judge } ?? false
        return (asks ? [self] : []) + inner.flatMap(\.judged)
    }

    /// The name by which it is chosen: its metric, else its type.
    fileprivate var calibrationName: String { base.metric ?? base.writtenType }

    /// The assertion with another judge; nil, with diagnostics, when it can't be measured by labels.
    fileprivate func calibrated(
        by judge: String?, with reader: SourceReader, _ catalog: AssertionCatalog
    ) -> AssertionTemplate? {
        var copy = self
        if let judge {
            copy.base.options["panel"] = nil
            copy.base.options["judge"] = .string(judge)
            copy.compiled = nil
            if copy.isConstant, let specification = try? copy.specification(.init()) {
                copy.compiled = reader.compile(specification, with: catalog)
            }
        }
        guard copy.compiled?.compares != true else {
            reader.report(
                "not-calibrated",
                "'\(base.writtenType)' compares answers, which labels of single answers can't measure",
                at: base.mark)
            return nil
        }
        return copy
    }
}
