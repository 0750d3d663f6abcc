/// A path as one word of a command that a person is told to run: quoted where the shell would read anything else into it.
package struct ShellWord: CustomStringConvertible {
    package let description: String

    package init(_ path: String) {
        let isPlain = !path.isEmpty && path.utf8.allSatisfy(Self.plain.contains)
        description = isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%+=:,./-_".utf8)
}
