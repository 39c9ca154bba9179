import Testing

@testable import Programs

@Suite("Who works on what")
struct WorkerRosterTests {
    private func program(_ name: String) -> Program {
        Program(
            name: name, executable: "/\(name)", arguments: [], variables: [], memoryMB: 64, life: .manyCases)
    }

    @Test("a program has at most its number of processes, and further calls wait in order")
    func bounded() {
        var roster = WorkerRoster(perProgram: 2)
        let a = program("a")
        #expect(roster.enqueue(a).actions == [.start(1, a), .assign(1, 1)])
        #expect(roster.enqueue(a).actions == [.start(2, a), .assign(2, 2)])
        #expect(roster.enqueue(a).actions == [])
        #expect(roster.enqueue(a).actions == [])
        #expect(roster.idle(2) == [.assign(3, 2)])
        #expect(roster.ended(1) == [.start(3, a), .assign(4, 3)])
    }

    @Test("idle processes of other programs make room")
    func room() {
        var roster = WorkerRoster(perProgram: 2, total: 2)
        let (a, b) = (program("a"), program("b"))
        _ = roster.enqueue(a)
        _ = roster.enqueue(a)
        #expect(roster.enqueue(b).actions == [])
        #expect(roster.idle(1) == [.retire(1), .start(3, b), .assign(3, 3)])
        #expect(roster.ended(1) == [])
    }

    @Test("at the end idle processes go, and busy ones when they are done")
    func close() {
        var roster = WorkerRoster(perProgram: 3)
        let a = program("a")
        _ = roster.enqueue(a)
        _ = roster.enqueue(a)
        _ = roster.idle(1)
        #expect(roster.close() == [.retire(1)])
        #expect(roster.idle(2) == [.retire(2)])
        #expect(roster.close() == [])
    }
}
