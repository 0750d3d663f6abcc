package import ChatTerminal

/// Where everything is on a screen of a certain size. Pure arithmetic; drawing, scrolling and the mouse agree through it.
package struct Layout: Hashable, Sendable {
    package let size: Size
    /// Whether panes have borders: not on small screens, and not while zoomed.
    package let isBordered: Bool
    package private(set) var status: Rect
    package private(set) var hint: Rect
    /// What is inside of a pane's border; nil while the pane is not on the screen.
    package private(set) var contacts: Rect?
    package private(set) var middle: Rect?
    package private(set) var compose: Rect?
    package private(set) var files: Rect?
    /// The borders: of everything, and the lines in it.
    package private(set) var frame: Rect?
    package private(set) var verticals: [Int] = []
    /// The row of the line between the middle pane and compose, and its columns.
    package private(set) var composeRule: Rect?
    /// Files lie over the middle pane instead of beside it.
    package let filesFloat: Bool

    /// The least that can be drawn.
    package static let least = Size(columns: 20, rows: 6)
    /// From this height on there is room for borders.
    private static let borderedRows = 12
    /// From this width on contacts stand beside the conversation.
    private static let wideColumns = 60
    /// From this width on files do, too.
    private static let filesColumns = 100

    // Below these a pane says nothing.
    private static let leastContacts = 12
    private static let leastFiles = 16
    private static let leastMiddle = 24
    private static let leastMiddleRows = 3

    /// The columns of a pane: as the person wanted them or as usual, within what it and its neighbours need.
    private static func columns(_ wanted: Int?, _ usual: Int, _ least: Int, _ most: Int, of size: Size) -> Int {
        min(max(wanted.map { Proportions.cells($0, of: size.columns) } ?? usual, least), max(least, most))
    }

    package var isTooSmall: Bool { size.columns < Self.least.columns || size.rows < Self.least.rows }

    /// - Parameters:
    ///   - focus: decides which pane is seen where there is room for one.
    ///   - zoomed: that one pane fills the screen, so that the terminal's own selection takes only its text.
    ///   - showsFiles: files lie over the middle pane though they do not have the focus.
    ///   - proportions: what the person made of it.
    ///   - composeLines: how many lines compose would like, for the width it gets.
    package init(
        size: Size, focus: Pane, zoomed: Bool, showsFiles: Bool = false, proportions: Proportions = Proportions(),
        composeLines: (Int) -> Int
    ) {
        self.size = size
        isBordered = !zoomed && size.rows >= Self.borderedRows
        let isWide = size.columns >= Self.wideColumns && !zoomed
        let filesStand = isWide && size.columns >= Self.filesColumns
        filesFloat = isWide && !filesStand
        status = Rect(row: 0, column: 0, columns: size.columns, rows: 1)
        hint = Rect(row: max(0, size.rows - 1), column: 0, columns: size.columns, rows: 1)
        let body = Rect(row: 1, column: 0, columns: size.columns, rows: max(0, size.rows - 2))
        let edge = isBordered ? 1 : 0
        let inner = body.inset(top: edge, left: edge, bottom: edge, right: edge)
        if isBordered { frame = body }

        var rest = inner
        if isWide {
            let usual = size.columns >= Self.filesColumns ? 20 : size.columns >= 72 ? 17 : 14
            let taken = Self.leastMiddle + 1 + (filesStand ? Self.leastFiles + 1 : 0)
            let columns = Self.columns(proportions.contacts, usual, Self.leastContacts, inner.columns - taken, of: size)
            contacts = Rect(row: inner.row, column: inner.column, columns: columns, rows: inner.rows)
            if isBordered { verticals.append(inner.column + columns) }
            rest = rest.inset(left: columns + 1)
        }
        if filesStand {
            let columns = Self.columns(proportions.files, 20, Self.leastFiles, rest.columns - Self.leastMiddle - 1, of: size)
            let column = rest.columnRange.upperBound - columns
            files = Rect(row: inner.row, column: column, columns: columns, rows: inner.rows)
            if isBordered { verticals.append(column - 1) }
            rest = rest.inset(right: columns + 1)
        }
        let lines = min(max(1, composeLines(Self.textWidth(of: rest, isBordered: isBordered))), max(1, inner.rows / 3))
        let wanted = proportions.compose.map { Proportions.cells($0, of: size.rows) } ?? 1
        let most = inner.rows - edge - Self.leastMiddleRows
        let composeRows = max(lines, min(wanted, most))
        placeMiddle(in: rest, composeRows: composeRows, isWide: isWide, focus: focus)
        // Compose stays in sight: what is written and to whom is never hidden.
        if filesFloat, focus == .files || showsFiles, let middle {
            let columns = Self.columns(
                proportions.files, max(20, size.columns / 3), Self.leastFiles, middle.columns - Self.leastFiles, of: size)
            files = Rect(
                row: middle.row, column: middle.columnRange.upperBound - columns, columns: columns, rows: middle.rows)
        }
    }

    /// The columns of a pane's text: there is air at its sides where there are borders.
    package static func textWidth(of rect: Rect, isBordered: Bool) -> Int {
        max(1, rect.columns - (isBordered ? 2 : 0))
    }

    /// The part of a pane in which text is written.
    package func text(of rect: Rect) -> Rect {
        isBordered ? rect.inset(left: 1, right: 1) : rect
    }

    private mutating func placeMiddle(in rest: Rect, composeRows: Int, isWide: Bool, focus: Pane) {
        let ruleRows = isBordered ? 1 : 0
        let composeRect = Rect(
            row: rest.rowRange.upperBound - composeRows, column: rest.column, columns: rest.columns, rows: composeRows)
        let upper = rest.inset(bottom: composeRows + ruleRows)
        compose = composeRect
        if isBordered {
            composeRule = Rect(row: composeRect.row - 1, column: rest.column - 1, columns: rest.columns + 2, rows: 1)
        }
        if isWide {
            middle = upper
            return
        }
        switch focus {
        case .contacts: contacts = upper
        case .files: files = upper
        case .middle, .compose: middle = upper
        }
    }
}
