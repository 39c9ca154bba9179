/// Punycode (RFC 3492): text in the ASCII letters that domain names allow.
enum Punycode {
    private static let base = 36
    private static let minimumThreshold = 1
    private static let maximumThreshold = 26

    /// The text that a label without its `xn--` stands for; nil when it stands for none.
    static func decoded(_ label: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
        var output: [UInt32] = []
        var rest = label
        if let delimiter = label.lastIndex(of: UInt8(ascii: "-")) {
            output = label[..<delimiter].map { UInt32($0) }
            rest = label[(delimiter + 1)...]
        }
        guard output.allSatisfy({ $0 < 0x80 }) else { return nil }
        var scalar = 128
        var place = 0
        var bias = 72
        while !rest.isEmpty {
            let before = place
            var weight = 1
            var position = base
            while true {
                guard let digit = rest.popFirst().flatMap(digit) else { return nil }
                let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
                guard !overflow, place <= Int(Int32.max) - product else { return nil }
                place += product
                let threshold = threshold(position, bias)
                if digit < threshold { break }
                weight *= base - threshold
                guard weight <= Int(Int32.max) else { return nil }
                position += base
            }
            let count = output.count + 1
            bias = adapted(place - before, count, isFirst: before == 0)
            scalar += place / count
            place %= count
            guard scalar <= 0x10FFFF else { return nil }
            output.insert(UInt32(scalar), at: place)
            place += 1
        }
        let scalars = output.compactMap { Unicode.Scalar($0) }
        return scalars.count == output.count ? scalars : nil
    }

    /// The label, without `xn--`, that stands for a text.
    static func encoded(_ text: [Unicode.Scalar]) -> [UInt8] {
        var output = text.filter(\.isASCII).map { UInt8($0.value) }
        let basic = output.count
        var handled = basic
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var scalar = 128
        var delta = 0
        var bias = 72
        while handled < text.count {
            let next = text.map { Int($0.value) }.filter { $0 >= scalar }.min() ?? scalar
            delta += (next - scalar) * (handled + 1)
            scalar = next
            for value in text.map({ Int($0.value) }) {
                if value < scalar { delta += 1 }
                guard value == scalar else { continue }
                var rest = delta
                var position = base
                while true {
                    let threshold = threshold(position, bias)
                    if rest < threshold { break }
                    output.append(letter(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    position += base
                }
                output.append(letter(rest))
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            scalar += 1
        }
        return output
    }

    private static func threshold(_ position: Int, _ bias: Int) -> Int {
        min(max(position - bias, minimumThreshold), maximumThreshold)
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var position = 0
        while delta > (base - minimumThreshold) * maximumThreshold / 2 {
            delta /= base - minimumThreshold
            position += base
        }
        return position + (base - minimumThreshold + 1) * delta / (delta + 38)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 0x61
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 0x41
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30 + 26
        default: nil
        }
    }

    private static func letter(_ digit: Int) -> UInt8 {
        UInt8(digit < 26 ? digit + 0x61 : digit - 26 + 0x30)
    }
}
