/// What each role looks like on this terminal, worked out once.
struct LookCache {
    private var looks: [UInt64: DeviceLook] = [:]

    mutating func clear() {
        looks.removeAll(keepingCapacity: true)
    }

    mutating func look(of cell: Cell, _ styles: StyleTable, _ depth: ColorDepth) -> DeviceLook {
        let key = UInt64(cell.role.id) << 32 | UInt64(cell.ground.id) << 16 | UInt64(cell.emphasis.rawValue)
        if let known = looks[key] { return known }
        let style = styles.look(role: cell.role, ground: cell.ground, emphasis: cell.emphasis)
        let look = DeviceLook(style, over: styles.base, depth: depth)
        looks[key] = look
        return look
    }
}
