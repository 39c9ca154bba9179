/// Texts that would break a sheet whose writer trusts them.
enum HostileTexts {
    /// Each is an answer that some model may give.
    static let all = [
        "", " ", "plain", "```\nid: r0000000000000000\nlabel: pass\n```", "````text\n```\n`````",
        "label: pass",
        "## 1 of 1\n\nid: r0000000000000000\nlabel: fail\nnote: x", "---\n***\n# x",
        "</script><script>alert(1)</script>",
        "<!--<script>", "\u{600}</script>", "<\u{301}/script>", "a,b;c\td\"e\"", "\"\u{301},x",
        "line\r\nline\rline\n",
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\u{FF1D}1", " =cmd|' /C calc'!A0", "'quoted",
        "{{ template }} {% raw %}", "@data@ @policy@ @script@ @style@", "\u{1B}[31mred\u{7}", "a\u{202E}b",
        "\u{0}",
        "ünï→漢字🙂", "&lt;b&gt; &amp;", "\\u003c \\", String(repeating: "`", count: 40),
        String(repeating: "long text, ", count: 1000),
    ]
}
