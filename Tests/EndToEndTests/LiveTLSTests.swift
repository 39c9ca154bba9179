import JSON
import Testing
import XML

/// Providers behind TLS, on the real program.
@Suite(
    "TLS of live models",
    .enabled(if: TLSStub.isAvailable, "python3 with ssl, and openssl, are needed to start a server with TLS"))
struct LiveTLSTests {
    @Test("a certificate that nobody trusts is exit 3; SSL_CERT_FILE makes it trusted")
    func trust() throws {
        let server = try TLSStub(answer: LiveProject.completion("fine"))
        let live = try LiveProject(url: "https://127.0.0.1:\(server.port)")
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        let error = try #require(file.executions.first?["error"])
        #expect(error["kind"] == "provider")
        let message = error["message"]?.string ?? ""
        #expect(message.contains("TLS") && message.contains("certificate"), "\(message)")
        #expect(error["hint"]?.string?.isEmpty == false)
        #expect(XMLChecker.check(try live.project.read("j.xml")) == [])

        let trusted = try live.project.run(
            "run", "--mode", "live", "--report", "json=r.json",
            environment: ["STUB_KEY": LiveProject.key, "SSL_CERT_FILE": server.certificate])
        #expect(trusted.exitCode == 0, "\(trusted.all.prefix(3000))")
        #expect(try live.results(trusted).executions.first?["output"] == "fine")
    }
}
