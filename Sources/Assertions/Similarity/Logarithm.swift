#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The natural logarithm of a number above 0.
func logarithm(_ number: Double) -> Double { log(number) }

/// e to the power of a number.
func exponential(_ number: Double) -> Double { exp(number) }
