import Foundation

/// Checks of an object from the wire, as tests write them.
extension [String: Any] {
    public var status: String? { self["status"] as? String }
    public var code: String? { self["code"] as? String }
    public var seq: Int? { self["seq"] as? Int }

    public func text(_ key: String) -> String? { self[key] as? String }
    public func list(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }
    public func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }

    /// As one line, keys sorted, with what differs from run to run replaced by its name.
    public var golden: String {
        get throws {
            let masked = Self.mask(self)
            let data = try JSONSerialization.data(withJSONObject: masked, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self)
        }
    }

    private static let volatile: Set<String> = ["time", "tokenid", "epoch", "upload", "version"]

    private static func mask(_ value: Any) -> Any {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: [String: Any]()) { result, pair in
                if volatile.contains(pair.key) || (pair.key == "id" && object["sha256"] != nil) {
                    result[pair.key] = "<\(pair.key)>"
                } else {
                    result[pair.key] = mask(pair.value)
                }
            }
        case let list as [Any]: list.map(mask)
        default: value
        }
    }
}
