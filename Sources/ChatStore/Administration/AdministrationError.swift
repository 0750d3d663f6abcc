import Glibc

/// Why something could not be done to a data folder or to a backup, and what to do about it.
package struct AdministrationError: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// What the system said about a path.
    init(_ path: String, _ code: CInt) {
        switch code {
        case ENOSPC, EDQUOT, EFBIG:
            description = "There is no room left on the disk of \(path). Make room, or choose another disk."
        case EACCES, EPERM: description = "\(path): permission denied. Do this as the user that owns it."
        default: description = "\(path): \(String(cString: strerror(code)))."
        }
    }
}
