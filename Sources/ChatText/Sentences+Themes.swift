/// Themes and settings, and what is wrong with their files.
extension Sentence {
    package static let themesTitle = Sentence("Themes", "Tema")
    package static let themeFilter = Sentence("Enter keeps it, Esc goes back", "Enter memakainya, Esc kembali")
    package static let themeInUse = Sentence("in use", "dipakai")
    package static let noThemes = Sentence("There is no theme to choose", "Tidak ada tema untuk dipilih")
    package static func themeKept(_ name: String) -> Sentence { Sentence("Theme: \(name)", "Tema: \(name)") }
    package static func noSuchTheme(_ name: String) -> Sentence {
        Sentence("There is no theme \(name)", "Tidak ada tema \(name)")
    }
    package static func themesThereAre(_ list: String) -> Sentence {
        Sentence("There are: \(list)", "Yang ada: \(list)")
    }
    package static func themesLookedFor(_ folders: String) -> Sentence {
        Sentence("Looked for in: \(folders)", "Dicari di: \(folders)")
    }
    package static let chooseTheme = Sentence("Choose one of them", "Pilih salah satu")
    package static func settingNotKept(_ reason: String) -> Sentence {
        Sentence("This cannot be remembered: \(reason)", "Ini tidak dapat diingat: \(reason)")
    }

    /// The first of several, which the log lists.
    package static func andMore(_ first: String, _ count: Int) -> Sentence {
        Sentence("\(first) (and \(count) more: /log)", "\(first) (dan \(count) lagi: /log)")
    }

    // MARK: In the files

    package static func notTOML(_ detail: String) -> Sentence {
        Sentence("this is not TOML: \(detail)", "ini bukan TOML: \(detail)")
    }
    package static func themeKeyUnknown(_ key: String) -> Sentence {
        Sentence(
            "there is no '\(key)'; a theme has inherits, palette_only, [palette] and [roles]",
            "tidak ada '\(key)'; tema berisi inherits, palette_only, [palette], dan [roles]")
    }
    package static func themeColorMalformed(_ name: String) -> Sentence {
        Sentence(
            "the colour '\(name)' is not #rrggbb, default or one of the sixteen names",
            "warna '\(name)' bukan #rrggbb, default, atau salah satu dari enam belas nama")
    }
    package static func themeRoleUnknown(_ name: String) -> Sentence {
        Sentence("there is no role '\(name)'", "tidak ada peran '\(name)'")
    }
    package static func themeRoleMalformed(_ name: String) -> Sentence {
        Sentence(
            "the role '\(name)' wants a colour, or { fg, bg, attributes }",
            "peran '\(name)' memerlukan warna, atau { fg, bg, attributes }")
    }
    package static func themeAttributeUnknown(_ name: String) -> Sentence {
        Sentence(
            "an attribute of '\(name)' is not bold, dim, italic, underline or reverse",
            "satu atribut dari '\(name)' bukan bold, dim, italic, underline, atau reverse")
    }
    package static func themeRoleKeyUnknown(_ name: String, _ key: String) -> Sentence {
        Sentence(
            "the role '\(name)' has no '\(key)'; it has fg, bg and attributes",
            "peran '\(name)' tidak punya '\(key)'; yang ada fg, bg, dan attributes")
    }
    package static func themeColorUnknown(_ color: String, _ role: String) -> Sentence {
        Sentence(
            "'\(color)' of the role '\(role)' is neither in [palette] nor a colour",
            "'\(color)' dari peran '\(role)' tidak ada di [palette] dan bukan warna")
    }
    package static func themeHardToRead(_ name: String, contrast: String) -> Sentence {
        Sentence(
            "the role '\(name)' can hardly be read: its contrast is \(contrast) to 1",
            "peran '\(name)' sulit dibaca: kontrasnya \(contrast) banding 1")
    }
    package static func themeCircle(_ chain: String) -> Sentence {
        Sentence("inherits from itself: \(chain)", "mewarisi dirinya sendiri: \(chain)")
    }
    package static func fileNotFound(_ places: String) -> Sentence {
        Sentence("not found in \(places)", "tidak ditemukan di \(places)")
    }
    package static func settingUnknown(_ key: String) -> Sentence {
        Sentence("there is no setting '\(key)'", "tidak ada pengaturan '\(key)'")
    }
    package static func settingMalformed(_ key: String, _ wanted: String) -> Sentence {
        Sentence("the setting '\(key)' wants \(wanted)", "pengaturan '\(key)' memerlukan \(wanted)")
    }
}
