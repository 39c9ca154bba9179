import CLibXML2

/// The library's output buffer, tied to a closure; alive until the writer that owns it is freed.
final class XMLOutput {
    /// Takes the bytes; they are valid during the call only.
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    /// What the closure has thrown.
    private(set) var failure: (any Error)?
    /// Whether bytes are still wanted: the library writes once more when it is freed.
    var isOpen = true

    /// Creates an output that hands its bytes to `sink`.
    init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.sink = sink }

    /// A buffer of the library that hands its bytes to this object, which has to outlive it.
    func makeBuffer() -> xmlOutputBufferPtr? {
        xmlOutputBufferCreateIO(
            { context, bytes, count in
                guard let context, let bytes, count > 0 else { return 0 }
                Unmanaged<XMLOutput>.fromOpaque(context).takeUnretainedValue()
                    .take(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
                // A failure is kept and thrown by the writer; told here, it would be printed to stderr.
                return count
            }, { _ in 0 }, Unmanaged.passUnretained(self).toOpaque(), nil)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        guard isOpen, failure == nil else { return }
        do { try sink(bytes) } catch { failure = error }
    }
}
