import ChatProtocol
import Glibc
import TerminalText

/// The clock that people have on their wall.
enum SystemClock {
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// What moments are called here: those of which there can be messages, and those that this program may live to see.
    static var wallClock: WallClock {
        tzset()
        let firstMoment: Int64 = 946_684_800  // the year 2000
        let year: Int64 = 366 * 86_400
        return WallClock(over: firstMoment...Int64(time(nil)) + year) { moment in
            var (moment, local) = (time_t(moment), tm())
            return localtime_r(&moment, &local) == nil ? 0 : local.tm_gmtoff
        }
    }
}
