#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process and all that it started.
struct ProcessFamily {
    /// The process that leads the session and the group.
    let leader: pid_t

    /// How often the list of processes is read, as long as new members turn up.
    private static let rounds = 8

    /// Kills the group at once, and then those who left it: members of the session and descendants.
    ///
    /// One that began a session of its own is found while its parents live. Only the group is known where there is no
    /// `/proc`.
    func kill() {
        let escaped = members()
        _ = signal(-leader)
        escaped.forEach { _ = signal($0) }
        for _ in 0..<Self.rounds {
            let left = members()
            guard !left.isEmpty else { return }
            left.forEach { _ = signal($0) }
        }
    }

    private func signal(_ target: pid_t) -> Int32 {
        #if canImport(Glibc)
            Glibc.kill(target, SIGKILL)
        #elseif canImport(Musl)
            Musl.kill(target, SIGKILL)
        #else
            Darwin.kill(target, SIGKILL)
        #endif
    }

    /// The members outside the group that still run.
    private func members() -> [pid_t] {
        let all = Self.processes()
        var family: Set<pid_t> = [leader]
        var grows = true
        while grows {
            grows = false
            for process in all where !family.contains(process.id) {
                guard process.session == leader || family.contains(process.parent) else { continue }
                family.insert(process.id)
                grows = true
            }
        }
        return all.filter { family.contains($0.id) && $0.group != leader && !$0.isZombie }.map(\.id)
    }

    /// Kills the descendants of the leader, which itself goes on.
    func killDescendants() {
        for _ in 0..<Self.rounds {
            let all = Self.processes().filter { $0.id != leader }
            var family = Set(all.filter { $0.parent == leader }.map(\.id))
            var size = -1
            while size != family.count {
                size = family.count
                for process in all where family.contains(process.parent) { family.insert(process.id) }
            }
            let left = all.filter { family.contains($0.id) && !$0.isZombie }
            guard !left.isEmpty else { return }
            left.forEach { _ = signal($0.id) }
        }
    }

    private struct Entry {
        var id: pid_t
        var parent: pid_t
        var group: pid_t
        var session: pid_t
        var isZombie: Bool

        /// Reads the text of `/proc/ID/stat`; the name in parentheses may contain anything.
        init?(id: pid_t, stat: [UInt8]) {
            guard let close = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
            let fields = stat[(close + 1)...].split(separator: UInt8(ascii: " "))
            guard fields.count > 3 else { return nil }
            let numbers = fields[1...3].compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
            guard numbers.count == 3 else { return nil }
            self.id = id
            (parent, group, session) = (numbers[0], numbers[1], numbers[2])
            isZombie = fields[0].first == UInt8(ascii: "Z") || fields[0].first == UInt8(ascii: "X")
        }
    }

    private static func processes() -> [Entry] {
        #if os(Linux)
            guard let folder = opendir("/proc") else { return [] }
            defer { closedir(folder) }
            var entries: [Entry] = []
            while let item = readdir(folder) {
                let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard let id = pid_t(name), let stat = contents(of: "/proc/\(name)/stat"),
                    let entry = Entry(id: id, stat: stat)
                else { continue }
                entries.append(entry)
            }
            return entries
        #else
            return []
        #endif
    }

    private static func contents(of path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }
}
