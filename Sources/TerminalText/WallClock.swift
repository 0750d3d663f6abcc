/// A day of the Gregorian calendar.
package struct CalendarDay: Hashable, Sendable {
    package let year: Int
    /// 1–12.
    package let month: Int
    /// 1–31.
    package let day: Int
    /// Days since 1 January 1970: the distance of two days is a difference.
    package let ordinal: Int

    /// 1 for Monday to 7 for Sunday.
    package var weekday: Int { floorModulo(ordinal + 3, 7) + 1 }

    /// The day with that ``ordinal``. (Civil from days, after Howard Hinnant: years begin in March, so that the odd day
    /// of a leap year is the last.)
    package init(ordinal: Int) {
        let shifted = ordinal + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.ordinal = ordinal
    }
}

/// Tells what a moment is called where the reader lives. Sentences are made of it elsewhere, in their language.
package struct WallClock: Hashable, Sendable {
    /// A time through which the clocks there are left alone.
    private struct Stretch: Hashable, Sendable {
        /// Its first second, since 1970.
        var start: Int64
        /// Seconds east of UTC.
        var utcOffset: Int
    }

    /// In their order, never none. The first counts for all that was before it, and the last for all that comes.
    private var stretches: [Stretch]

    /// Where clocks never change.
    /// - Parameter utcOffsetSeconds: east of UTC.
    package init(utcOffsetSeconds: Int = 0) {
        stretches = [Stretch(start: .min, utcOffset: utcOffsetSeconds)]
    }

    /// Where clocks are put forward and back, though never twice in a week.
    /// - Parameters:
    ///   - time: in which to look for that, in seconds since 1970.
    ///   - utcOffset: the seconds east of UTC at a second since 1970.
    package init(over time: ClosedRange<Int64>, utcOffset: (Int64) -> Int) {
        stretches = [Stretch(start: time.lowerBound, utcOffset: utcOffset(time.lowerBound))]
        let week: Int64 = 7 * 86_400
        for moment in stride(from: time.lowerBound + week, through: time.upperBound, by: Int(week)) {
            let offset = utcOffset(moment)
            guard offset != stretches.last?.utcOffset else { continue }
            var (before, start) = (moment - week, moment)
            while start - before > 1 {
                let middle = before + (start - before) / 2
                if utcOffset(middle) == offset { start = middle } else { before = middle }
            }
            stretches.append(Stretch(start: start, utcOffset: offset))
        }
    }

    private func utcOffset(at second: Int64) -> Int {
        // Most of what is told was a moment ago.
        (stretches.last { $0.start <= second } ?? stretches[0]).utcOffset
    }

    /// `09:05`, for a moment in milliseconds since 1970.
    package func hourMinute(_ epochMilliseconds: Int64) -> String {
        let minutes = floorModulo(localSeconds(epochMilliseconds), 86_400) / 60
        return Self.twoDigits(minutes / 60) + ":" + Self.twoDigits(minutes % 60)
    }

    package func day(_ epochMilliseconds: Int64) -> CalendarDay {
        CalendarDay(ordinal: floorDivide(localSeconds(epochMilliseconds), 86_400))
    }

    /// How long ago a moment was, as coarsely as a person would say it.
    package func age(of epochMilliseconds: Int64, now: Int64) -> RelativeTime {
        let seconds = now / 1000 - epochMilliseconds / 1000
        if seconds < 60 { return .now }
        if seconds < 3600 { return .minutes(Int(seconds / 60)) }
        let day = day(epochMilliseconds)
        switch self.day(now).ordinal - day.ordinal {
        case 0: return .today(hourMinute: hourMinute(epochMilliseconds))
        case 1: return .yesterday(hourMinute: hourMinute(epochMilliseconds))
        case 2..<7: return .thisWeek(day)
        default: return .date(day)
        }
    }

    private func localSeconds(_ epochMilliseconds: Int64) -> Int {
        let seconds = floorDivide(Int(epochMilliseconds), 1000)
        return seconds + utcOffset(at: Int64(seconds))
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}

/// A moment as seen from now. The future counts as now: clocks differ by a little.
package enum RelativeTime: Hashable, Sendable {
    case now
    case minutes(Int)
    case today(hourMinute: String)
    case yesterday(hourMinute: String)
    /// Two to six days ago: its weekday says which.
    case thisWeek(CalendarDay)
    case date(CalendarDay)
}

private func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

private func floorModulo(_ value: Int, _ divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}
