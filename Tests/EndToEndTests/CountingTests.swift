import Testing

@Suite("Counting and gates")
struct CountingTests {
    @Test("each rule of executions holds", arguments: Scenario.executions)
    func counts(scenario: Scenario) throws { try scenario.check() }

    @Test("each rule of gates holds", arguments: Scenario.gates)
    func judges(scenario: Scenario) throws { try scenario.check() }

    @Test("each exit code of a run, and which one wins", arguments: Scenario.exits)
    func ends(scenario: Scenario) throws { try scenario.check() }
}
