@testable import Models
import Testing

@Suite("Waiting line")
struct WaitingLineTests {
    @Test(
        "It behaves as a plain list does, whatever is put in and taken out", arguments: [1, 2, 3] as [UInt64])
    func model(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var line = WaitingLine<String>()
        var plain: [Int] = []
        for number in 0..<5000 {
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0...2:
                line.append("\(number)", as: number)
                plain.append(number)
            case 3:
                let first = line.first()
                #expect(first?.number == plain.first)
                if let first {
                    #expect(first.element == "\(first.number)")
                    #expect(line.remove(first.number) == first.element)
                    plain.removeFirst()
                }
            default:
                guard let victim = plain.randomElement(using: &numbers) else { continue }
                #expect(line.remove(victim) == "\(victim)")
                #expect(line.remove(victim) == nil)
                plain.removeAll { $0 == victim }
            }
            #expect(line.count == plain.count && line.isEmpty == plain.isEmpty)
        }
        #expect(line.removeAll() == plain.map { "\($0)" })
        #expect(line.isEmpty && line.first() == nil)
    }
}
