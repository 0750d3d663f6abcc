/// A language that the program speaks.
package enum Language: String, CaseIterable, Hashable, Sendable {
    case english = "en"
    case indonesian = "id"

    /// The language of a setting if it names one that we speak, else that of the locale, else English.
    ///
    /// Of the locale's variables the first that is set and not empty decides, as POSIX has it: `LC_ALL`, `LC_MESSAGES`,
    /// `LANG`. `OBROL_LANG` comes before all of them.
    package init(setting: String? = nil, environment: [String: String]) {
        let wishes = [setting, environment["OBROL_LANG"]].compactMap { $0 }
        if let wish = wishes.lazy.compactMap(Language.init(locale:)).first {
            self = wish
            return
        }
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale.flatMap(Language.init(locale:)) ?? .english
    }

    /// The language of a locale such as `id_ID.UTF-8`; nil if it is not one of ours.
    package init?(locale: String) {
        let code = locale.prefix { $0.isLetter }.lowercased()
        switch code {
        case "en", "c", "posix", "english": self = .english
        // `in` is what some systems still call Indonesian.
        case "id", "in", "indonesian", "indonesia": self = .indonesian
        default: return nil
        }
    }
}

/// What a country's people are called to be, guessed from a locale: the form fills it in and the person corrects it.
package enum Nationality {
    /// The country's name for `id_ID.UTF-8` and the like; empty if the locale says nothing that we know.
    package static func guess(environment: [String: String]) -> String {
        let names = ["LC_ALL", "LC_ADDRESS", "LANG"]
        guard let locale = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else { return "" }
        let parts = locale.prefix { $0 != "." && $0 != "@" }.split(separator: "_")
        if parts.count == 2, let country = countries[parts[1].uppercased()] { return country }
        return Language(locale: locale) == .indonesian ? "Indonesia" : ""
    }

    private static let countries: [String: String] = [
        "AU": "Australia", "BN": "Brunei", "CN": "China", "DE": "Germany", "ES": "Spain", "FR": "France", "GB": "United Kingdom",
        "ID": "Indonesia", "IN": "India", "IT": "Italy", "JP": "Japan", "KH": "Cambodia", "KR": "South Korea", "LA": "Laos",
        "MM": "Myanmar", "MY": "Malaysia", "NL": "Netherlands", "PH": "Philippines", "SG": "Singapore", "TH": "Thailand",
        "TL": "Timor-Leste", "TW": "Taiwan", "US": "United States", "VN": "Vietnam",
    ]
}
