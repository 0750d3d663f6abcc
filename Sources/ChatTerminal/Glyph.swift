import Synchronization
package import TerminalText

/// What one cell shows: a base character and the marks that combine with it, interned to four bytes.
package struct Glyph: Hashable, Sendable {
    /// A scalar's value, or from `clusterBase` up the place in the table of those with marks.
    package let id: UInt32

    private static let clusterBase: UInt32 = 0x8000_0000

    /// A single character. One that a terminal would act on, or that takes no cell, becomes U+FFFD.
    package init(_ scalar: Unicode.Scalar) {
        id = Self.isDrawable(scalar) ? scalar.value : 0xFFFD
    }

    /// A base character with its marks. What must not reach a terminal is refused here whoever wrote it.
    package init(_ atom: TextAtom) {
        let plain = Glyph(atom.base)
        let marks = atom.marks.filter { CellWidth.width(of: $0) == 0 && !Self.isControl($0) }
        guard !marks.isEmpty, plain.id == atom.base.value else {
            self = plain
            return
        }
        let cluster = [atom.base] + marks.prefix(TextAtom.maximumMarks)
        let index = GlyphTable.shared.withLock { $0.index(of: cluster) }
        self = index.map { Glyph(id: Self.clusterBase + $0) } ?? plain
    }

    package static let space = Glyph(" ")
    package static let replacement = Glyph("\u{FFFD}")
    /// The right half of a glyph that takes two cells: nothing is drawn for it.
    package static let continuation = Glyph(id: 0)

    private init(id: UInt32) {
        self.id = id
    }

    /// The base followed by its marks; empty for ``continuation``.
    package var scalars: [Unicode.Scalar] {
        if id == 0 { return [] }
        if id < Self.clusterBase { return Unicode.Scalar(id).map { [$0] } ?? [] }
        return GlyphTable.shared.withLock { $0.clusters[Int(id - Self.clusterBase)] }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
        !isControl(scalar) && CellWidth.width(of: scalar) > 0
    }
}

/// The clusters seen so far, shared by the whole process so that grids can be compared.
///
/// Bounded, because the text of others could otherwise fill the memory: beyond the bound a cluster loses its marks.
private struct GlyphTable {
    static let shared = Mutex(GlyphTable())
    static let capacity = 65_536

    var clusters: [[Unicode.Scalar]] = []
    var indices: [[Unicode.Scalar]: UInt32] = [:]

    mutating func index(of cluster: [Unicode.Scalar]) -> UInt32? {
        if let known = indices[cluster] { return known }
        guard clusters.count < Self.capacity else { return nil }
        let index = UInt32(clusters.count)
        clusters.append(cluster)
        indices[cluster] = index
        return index
    }
}
