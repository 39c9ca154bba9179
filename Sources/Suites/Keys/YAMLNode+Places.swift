import Diagnostics
import Evals
import JSON
import YAML

extension YAMLNode {
    /// Where the parts of the value were written: a member with its key.
    ///
    /// - Parameters:
    ///   - place: Where a mark of this node lies in the file, for text that is read on its own.
    func places(
        _ place: @escaping @Sendable (SourceMark) -> SourceMark = { $0 }
    ) -> ValuePlaces {
        ValuePlaces { pointers in
            var marks = Array(repeating: mark, count: pointers.count)
            note(mark, of: JSONPointerTree(pointers), in: &marks)
            return marks.map(place)
        }
    }

    private func note(_ mark: SourceMark, of tree: JSONPointerTree, in marks: inout [SourceMark]) {
        for number in tree.numbers { marks[number] = mark }
        guard !tree.isLeaf else { return }
        switch kind {
        case .scalar: return
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                if let inner = tree[String(index)] { item.note(item.mark, of: inner, in: &marks) }
            }
        case .mapping(let entries):
            for entry in entries {
                if let inner = tree[entry.keyText] { entry.value.note(entry.keyMark, of: inner, in: &marks) }
            }
        }
    }
}
