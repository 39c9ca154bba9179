/// Keeps a large value on the heap, shared by its copies until one of them is changed.
///
/// Suspended tasks keep copies of what they pass on in every frame: with requests and replies of half a kilobyte,
/// a call in flight would cost many times what it says.
@propertyWrapper
public struct Boxed<Value: Sendable>: Sendable {
    /// What copies share.
    ///
    /// It is changed only by a copy that holds it alone, which the mutating access makes sure of, so that no two
    /// threads meet in it.
    fileprivate final class Storage: @unchecked Sendable {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    fileprivate var storage: Storage

    /// Puts a value on the heap.
    public init(wrappedValue: Value) { storage = Storage(wrappedValue) }

    /// The value.
    public var wrappedValue: Value {
        get { storage.value }
        _modify {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
            yield &storage.value
        }
    }
}

extension Boxed: Equatable where Value: Equatable {
    /// Compares the values.
    public static func == (left: Boxed, right: Boxed) -> Bool {
        left.storage === right.storage || left.storage.value == right.storage.value
    }
}

extension Boxed: Hashable where Value: Hashable {
    /// Hashes the value.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }
}
