/// What a file is called by the one who sent it: a label to show and to suggest, never a path to open.
/// (Protocol: Files; a file on the server lives under a random identifier)
///
/// 1–255 bytes; no separators, no controls, and neither `.` nor `..`.
public struct FileLabel: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: `invalid-name`.
    public init(_ text: String) throws(ProtocolError) {
        guard !text.isEmpty, text != ".", text != ".." else {
            throw ProtocolError(.invalidName, "A file needs a name.")
        }
        guard text.utf8.count <= Limits.fileLabel else {
            throw ProtocolError(.invalidName, "A file name is at most \(Limits.fileLabel) bytes long.")
        }
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }),
            text.unicodeScalars.allSatisfy(DisplayName.allows)
        else {
            throw ProtocolError(.invalidName, "A file name holds no slashes, no backslashes and no control characters.")
        }
        self.text = text
    }

    /// What a file of this machine is called when it is sent: its own name, with `_` for what a label may not hold. A
    /// system's file names may hold anything but a slash.
    /// - Throws: `invalid-name`, for what cannot be a file's name anywhere.
    public static func ofLocalFile(_ name: String) throws(ProtocolError) -> FileLabel {
        var label = String.UnicodeScalarView()
        for scalar in name.unicodeScalars { label.append(scalar != "\\" && DisplayName.allows(scalar) ? scalar : "_") }
        return try FileLabel(String(label))
    }

    public var description: String { text }
}
