import Glibc
import TerminalText
import Testing

@testable import ChatTUI

@Suite("The clock on the wall")
struct SystemClockTests {
    @Test("a message of January and one of July show the hours of their own day, whatever the season is now")
    func seasons() async {
        // The zone belongs to the whole process.
        await #expect(processExitsWith: .exitCode(0)) {
            // As in Berlin, said so that no table of zones is needed.
            setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1)
            let clock = SystemClock.wallClock
            // 15 January and 15 July 2026, 12:00 UTC.
            let shown = [1_768_478_400_000, 1_784_116_800_000].map(clock.hourMinute)
            exit(shown == ["13:00", "14:00"] ? 0 : 1)
        }
    }
}
