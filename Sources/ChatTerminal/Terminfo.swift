import CNcurses
import Glibc

/// Questions to the terminfo database that need no screen.
enum Terminfo {
    enum Answer {
        case usable, missing, cannotMoveCursor
    }

    static func look(up type: String, output: Int32) -> Answer {
        var status: Int32 = 0
        // setupterm makes its result the current terminal, which a running screen needs back.
        let previous = set_curterm(nil)
        defer { _ = set_curterm(previous) }
        guard setupterm(type, output, &status) == OK else { return .missing }
        let canMove = nc_terminfo_string("cup") != nil
        if let terminal = set_curterm(nil) { _ = del_curterm(terminal) }
        return canMove ? .usable : .cannotMoveCursor
    }

    /// The bytes of a capability of the current terminal.
    static func string(_ name: String) -> [UInt8]? {
        nc_terminfo_string(name).map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    /// What the keys of the current terminal send.
    static func keyTable() -> KeyTable {
        var table = KeyTable.standard
        for (name, key) in KeyTable.capabilities {
            if let sequence = string(name) { table.add(sequence, key) }
        }
        return table
    }

    /// Turns on a locale with UTF-8, the user's own if it has it: ncurses and libc measure characters by it.
    static func useUTF8Locale() -> Bool {
        setlocale(LC_ALL, "")
        if isUTF8 { return true }
        return setlocale(LC_CTYPE, "C.UTF-8") != nil && isUTF8
    }

    private static var isUTF8: Bool {
        nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
    }
}
