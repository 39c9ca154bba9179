/// Takes the bytes of a report, piece after piece: a file, standard output, or an array in a test.
public typealias ReportSink = (_ bytes: [UInt8]) throws -> Void
