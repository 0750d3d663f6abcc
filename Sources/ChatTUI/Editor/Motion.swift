/// Where a key moves the caret to, or what it deletes up to.
package enum Motion: CaseIterable, Hashable, Sendable {
    case left, right
    case wordLeft, wordRight
    /// Back over blanks and then over what is not blank, as ^W does.
    case blankWordLeft
    case lineStart, lineEnd
    /// To the end of the line, or over the line feed if the caret stands there, as ^K does.
    case lineEndOrFeed
    case textStart, textEnd
}
