/// Writes a sheet piece by piece, so that memory does not grow with the number of items.
public protocol SheetWriting: Sendable {
    /// What stands before the items.
    func head() -> [UInt8]
    /// One item; numbers begin with 1 and follow the sheet's order.
    func item(_ item: ReviewItem, number: Int) -> [UInt8]
    /// What stands behind the items.
    func tail() -> [UInt8]
}
