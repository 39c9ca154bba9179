import Evals
import JSON
import Models
import Testing

@Suite("Where keys may go")
struct ProviderAddressTests {
    private static let settings = ProviderSettings(
        name: "lite", kind: "openai-compatible", provider: [:],
        model: ModelSpecification(name: "m", provider: "lite", model: "m"))

    @Test(
        "Keys go over https, and to this machine",
        arguments: [
            "https://api.openai.com/v1", "HTTPS://API.openai.com", "https://api.openai.com:8443/v1/x?y=@z",
            "https://10.0.0.1/v1", "https://[2001:db8::1]:443/v1", "https://my_host-1.example/v1",
            "https://localhost", "http://127.0.0.1:4000/v1", "http://127.255.1.2/", "http://localhost:11434",
            "http://LOCALHOST/v1", "http://[::1]:8000/v1", "http://[0:0:0:0:0:0:0:1]/",
            "http://127.0.0.1/a@b:c",
        ])
    func allowed(url: String) {
        #expect(Self.settings.keyProblem(url: url) == nil)
    }

    @Test(
        "Nothing that is, or to some reader could be, another host gets a key",
        arguments: [
            ("http://api.openai.com/v1", "at api.openai.com over http"),
            ("http://127.0.0.1@evil.com/", "user name or password"),
            ("http://127.0.0.1:80@evil.com", "user name or password"),
            ("https://user:secret@api.openai.com/", "user name or password"),
            ("http://127.0.0.1?@evil.com/", "user name or password"),
            ("http://127.0.0.1?x=1", "character in its host"),
            ("http://127.0.0.1#@evil.com/", "fragment"), ("https://api.openai.com/v1#top", "fragment"),
            ("http://localhost.evil.com/", "at localhost.evil.com over http"),
            ("http://127.0.0.1.evil.com/", "at 127.0.0.1.evil.com over http"),
            ("http://evil.com/127.0.0.1", "at evil.com over http"),
            ("http://a.localhost/", "at a.localhost over http"),
            ("http://localhost./", "at localhost. over http"),
            ("http://127.1/", "at 127.1 over http"), ("http://2130706433/", "at 2130706433 over http"),
            ("http://0x7f.0.0.1/", "at 0x7f.0.0.1 over http"),
            ("http://0177.0.0.1/", "at 0177.0.0.1 over http"),
            ("http://127.0.0.01/", "at 127.0.0.01 over http"),
            ("http://127.0.0.256/", "at 127.0.0.256 over http"),
            ("http://127.0.0/", "at 127.0.0 over http"), ("http://0.0.0.0/", "at 0.0.0.0 over http"),
            ("http://128.0.0.1/", "at 128.0.0.1 over http"),
            ("http://[::ffff:127.0.0.1]/", "over http"), ("http://[::]/", "over http"),
            ("http://[::1%25eth0]/", "no IPv6 address"), ("http://[::1/", "not closed"),
            ("http://[::1]evil.com/", "as port"), ("http://[::1]@evil.com/", "user name or password"),
            ("http://[localhost]/", "no IPv6 address"),
            ("https:/\\evil.com/", "backslash"), ("https:\\\\evil.com", "backslash"),
            ("http://127.0.0.1\\@evil.com/", "backslash"), ("https:/evil.com", "begin with"),
            ("https:evil.com", "begin with"), ("https:///evil.com", "no host"), ("https://", "no host"),
            ("https://:443/", "no host"), ("//evil.com", "begin with"), ("evil.com", "begin with"),
            ("ftp://evil.com", "begin with"), ("file:///etc/passwd", "begin with"), ("", "begin with"),
            ("javascript:https://a.com", "begin with"), (" https://a.com", "a space"),
            ("https://a.com/ b", "a space"), ("https://a.com\r\nHost: evil.com", "control character"),
            ("https://a.com/\u{0}", "control character"), ("https://a.com/\t", "control character"),
            ("https://a.com/\u{7f}", "control character"),
            ("http://127.0.0.1%2eevil.com/", "character in its host"),
            ("https://ex%61mple.com/", "character in its host"), ("https://bücher.example/", "beyond ASCII"),
            ("http://１２７.0.0.1/", "beyond ASCII"), ("http://127。0。0。1/", "beyond ASCII"),
            ("https://a.com:/", "as port"), ("https://a.com:0/", "as port"),
            ("https://a.com:65536/", "as port"), ("https://a.com:+80/", "as port"),
            ("https://a.com:80:90/", "as port"), ("https://a.com/{x}", "character {"),
            ("https://${HOST}/", "character {"), ("https://a,b/", "character in its host"),
        ])
    func refused(url: String, reason: String) {
        let problem = Self.settings.keyProblem(url: url)
        #expect(problem?.contains(reason) == true, "\(problem ?? "allowed")")
        #expect(problem?.contains("lite") == true)
        #expect(problem?.contains("secret") != true)
    }
}
