/// Why a document could not be written.
public enum XMLWriteError: Error {
    /// A name that XML does not allow for an element or attribute.
    case badName(String)
    /// An attribute that the element has already.
    case repeatedAttribute(String)
    /// A call that does not fit the state of the document, in words.
    case misplaced(String)
    /// The closure that takes the bytes has thrown.
    case output(any Error)
    /// The library refused; the text names the step.
    case library(String)
}

extension XMLWriteError: CustomStringConvertible {
    /// What went wrong, without a full stop.
    public var description: String {
        switch self {
        case .badName(let name): "'\(XMLText.legal(name))' is no name for an element or attribute in XML"
        case .repeatedAttribute(let name): "the element has the attribute '\(name)' already"
        case .misplaced(let what): what
        case .output(let error): "the XML document could not be stored: \(error)"
        case .library(let step): "the XML document could not be written: \(step) failed"
        }
    }
}
