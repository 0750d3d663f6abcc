/// Finding what was said.
extension Sentence {
    package static let findEverywhere = Sentence("Find everywhere", "Cari di mana saja")
    package static func findIn(_ name: String) -> Sentence { Sentence("Find in \(name)", "Cari di \(name)") }
    package static let findHint = Sentence("Type what was said", "Ketik yang pernah diucapkan")
    package static let findHintHere = Sentence(
        "Type what was said; ^R looks everywhere", "Ketik yang pernah diucapkan; ^R mencari di mana saja")
    package static let searching = Sentence("searching…", "mencari…")
    package static let findsEverywhere = Sentence(
        "This looks everywhere already", "Sudah dicari di mana saja")
    package static let findElsewhere = Sentence(
        "Close this first, then ^R finds", "Tutup ini dulu, lalu ^R untuk mencari")
}
