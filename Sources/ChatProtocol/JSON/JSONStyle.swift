/// How JSON goes onto the wire.
public enum JSONStyle: Sendable {
    /// UTF-8 lines for everybody since.
    case modern
    /// ASCII only, with every space inside strings as `\u0020`, so that only padding ends a block.
    /// (Protocol: Classic framing)
    case classic
}

extension JSONStyle {
    public init(_ framing: Framing) {
        switch framing {
        case .lines: self = .modern
        case .classic: self = .classic
        }
    }
}
