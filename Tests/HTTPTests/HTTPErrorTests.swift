import Testing

@testable import HTTP

@Suite struct HTTPErrorTests {
    @Test(
        "The address of a proxy, password and all, is in no message",
        arguments: [
            "Unsupported proxy syntax in 'http://user:p#ssw0rd@proxy:3128'",
            "Unsupported proxy scheme for 'ftp://user:p#ssw0rd@proxy'",
        ])
    func proxies(_ detail: String) throws {
        let error = try #require(HTTPError.proxyProblem(detail))
        #expect(error.kind == .connect)
        #expect(error.message.contains("HTTPS_PROXY") && !error.message.contains("ssw0rd"))
    }

    @Test(
        "What is no address of a proxy stays as libcurl says it",
        arguments: [
            "Could not resolve proxy: nowhere", "Connection refused", "",
            "SSL: no alternative certificate subject name matches target host name 'proxy.example.com'",
        ])
    func others(_ detail: String) { #expect(HTTPError.proxyProblem(detail) == nil) }
}
