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

/// eˣ − 1, exact for small x.
func exponentialMinusOne(_ number: Double) -> Double { expm1(number) }

/// 2/√π · ∫ₓ^∞ exp(−t²) dt, exact far out in the tail.
func complementaryErrorFunction(_ number: Double) -> Double { erfc(number) }
