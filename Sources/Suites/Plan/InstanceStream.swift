import Diagnostics
import Evals
import Files
import JSON

/// All cases of the suites in the plan's order, one at a time.
struct InstanceStream {
    private let suites: [Suite]
    private let inputs: [[String: InputDeclaration]]
    private let tree: any FileTree
    private var suite = 0
    private var template = 0
    private var dataset: DatasetReader?
    private var row: DatasetRow?
    /// The combinations of the present case's matrix, and those of the present row that are still to come.
    private var combinations: [[(name: String, value: JSONValue)]] = []
    private var pending: Range<Int> = 0..<0
    private var isOpen = false

    /// The fingerprints of the datasets read to the end so far, in order.
    private(set) var fingerprints: [Int] = []
    /// The rows of the same datasets.
    private(set) var rowCounts: [RowCount] = []

    /// Starts at the first case.
    init(_ suites: [Suite], tree: any FileTree) {
        self.suites = suites
        self.tree = tree
        inputs = suites.map { suite in
            var declared: [String: InputDeclaration] = [:]
            for input in suite.prompts.flatMap({ $0.prompt.inputs ?? [] }) where declared[input.name] == nil {
                declared[input.name] = input
            }
            return declared
        }
    }

    /// The next case, or nil after the last; after an error the stream goes on with the next row, or after the
    /// dataset when the file itself is broken.
    mutating func next() throws(DiagnosticError) -> CaseInstance? {
        while suite < suites.count {
            guard template < suites[suite].cases.count else {
                suite += 1
                template = 0
                continue
            }
            if let index = pending.popFirst() {
                return try CaseInstance(
                    suites[suite].cases[template], suite: suite, index: template, row: row,
                    combination: combinations[index], inputs: inputs[suite])
            }
            guard try openNext(suites[suite].cases[template]) else {
                template += 1
                isOpen = false
                dataset = nil
                continue
            }
        }
        return nil
    }

    /// Leaves out the rest of the present dataset.
    mutating func skipDataset() {
        pending = 0..<0
        guard suite < suites.count, isOpen else { return }
        dataset = nil
        isOpen = false
        template += 1
    }

    /// Fills `pending` with the combinations of the next row; false after the last row.
    private mutating func openNext(_ source: CaseTemplate) throws(DiagnosticError) -> Bool {
        // The rows of a dataset case with mistakes would only repeat them.
        if source.isBroken, source.dataset != nil { return false }
        guard let specification = source.dataset else {
            guard !isOpen else { return false }
            isOpen = true
            combinations = source.combinations
            row = nil
            pending = combinations.indices
            return true
        }
        do throws(DiagnosticError) {
            if !isOpen {
                isOpen = true
                combinations = source.combinations
                dataset = try DatasetReader(specification, tree: tree)
            }
            row = try dataset?.next()
            guard row != nil else {
                if let dataset {
                    fingerprints.append(dataset.fingerprint)
                    rowCounts.append(dataset.rowCount)
                }
                return false
            }
            pending = combinations.indices
            return true
        } catch {
            // What follows a broken row can't be trusted.
            template += 1
            isOpen = false
            dataset = nil
            throw error
        }
    }
}
