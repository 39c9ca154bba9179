/// What a provider charges by.
enum ServiceTier {
    /// A tier in small letters; nil for the usual one, which has several names.
    static func unusual(_ tier: String?) -> String? {
        guard let tier = tier?.lowercased(),
            !["", "default", "auto", "standard", "unspecified", "on_demand"].contains(tier)
        else { return nil }
        return tier
    }
}
