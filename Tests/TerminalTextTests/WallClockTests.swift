import Testing
import TerminalText

@Suite("Times")
struct WallClockTests {
    /// 21 May 2026 02:20:00 UTC.
    private let moment: Int64 = 1_779_330_000_000

    @Test("a moment has its hour and day where the reader lives")
    func local() {
        let utc = WallClock()
        let jakarta = WallClock(utcOffsetSeconds: 7 * 3600)
        let honolulu = WallClock(utcOffsetSeconds: -10 * 3600)
        #expect(utc.hourMinute(moment) == "02:20")
        #expect(jakarta.hourMinute(moment) == "09:20")
        #expect(honolulu.hourMinute(moment) == "16:20")
        #expect(honolulu.day(moment).day == 20)
        let day = jakarta.day(moment)
        #expect((day.year, day.month, day.day, day.weekday) == (2026, 5, 21, 4))
    }

    @Test("where clocks are put forward and back, each moment has the hour they showed then")
    func summerTime() {
        // An hour ahead of UTC, and another from 29 March 2026 01:00 to 25 October 2026 01:00.
        let (spring, autumn): (Int64, Int64) = (1_774_746_000, 1_792_890_000)
        let berlin = WallClock(over: spring - 86_400 * 365...autumn + 86_400 * 60) { second in
            (spring..<autumn).contains(second) ? 7200 : 3600
        }
        #expect(berlin.hourMinute((spring - 1) * 1000) == "01:59")
        #expect(berlin.hourMinute(spring * 1000) == "03:00")
        #expect(berlin.hourMinute((autumn - 1) * 1000) == "02:59")
        #expect(berlin.hourMinute(autumn * 1000) == "02:00")
        #expect(berlin.hourMinute(0) == "01:00")
        #expect(berlin.hourMinute((autumn + 86_400 * 400) * 1000) == "02:00")
    }

    @Test("days before 1970 and leap days are right")
    func days() {
        let last = CalendarDay(ordinal: -1)
        #expect((last.year, last.month, last.day, last.weekday) == (1969, 12, 31, 3))
        let leap = CalendarDay(ordinal: 11_016)
        #expect((leap.year, leap.month, leap.day, leap.weekday) == (2000, 2, 29, 2))
        #expect(WallClock().hourMinute(-60_000) == "23:59")
    }

    @Test("age is told as coarsely as a person would")
    func age() {
        let clock = WallClock()
        #expect(clock.age(of: moment, now: moment - 5000) == .now)
        #expect(clock.age(of: moment, now: moment + 59_000) == .now)
        #expect(clock.age(of: moment, now: moment + 120_000) == .minutes(2))
        #expect(clock.age(of: moment, now: moment + 7_200_000) == .today(hourMinute: "02:20"))
        #expect(clock.age(of: moment, now: moment + 86_400_000) == .yesterday(hourMinute: "02:20"))
        #expect(clock.age(of: moment, now: moment + 3 * 86_400_000) == .thisWeek(clock.day(moment)))
        #expect(clock.age(of: moment, now: moment + 9 * 86_400_000) == .date(clock.day(moment)))
        #expect(clock.age(of: .min, now: .max) == .date(clock.day(.min)))
    }
}
