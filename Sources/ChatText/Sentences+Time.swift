/// Days and months as people write them in a narrow column.
extension Sentence {
    /// `Thu 21 May`, with the year where it is not this one.
    /// - Parameters:
    ///   - weekday: 1 for Monday to 7 for Sunday.
    ///   - month: 1–12.
    package static func day(weekday: Int, day: Int, month: Int, year: Int?) -> Sentence {
        let suffix = year.map { " \($0)" } ?? ""
        return Sentence(
            "\(name(weekday, of: englishWeekdays)) \(day) \(name(month, of: englishMonths))\(suffix)",
            "\(name(weekday, of: indonesianWeekdays)) \(day) \(name(month, of: indonesianMonths))\(suffix)")
    }

    /// `21 May`, with the year where it is not this one.
    package static func shortDay(day: Int, month: Int, year: Int?) -> Sentence {
        let suffix = year.map { " \($0)" } ?? ""
        return Sentence(
            "\(day) \(name(month, of: englishMonths))\(suffix)", "\(day) \(name(month, of: indonesianMonths))\(suffix)")
    }

    /// How long something will take, in one unit or two: `45 s`, `3 min`, `1 h 5 min`. The Indonesian units are those of
    /// other programs: `dtk`, `mnt`, `jam`.
    package static func duration(seconds: Int) -> Sentence {
        if seconds < 60 { return Sentence("\(seconds) s", "\(seconds) dtk") }
        let minutes = (seconds + 59) / 60
        if minutes < 60 { return Sentence("\(minutes) min", "\(minutes) mnt") }
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        guard rest > 0 else { return Sentence("\(hours) h", "\(hours) jam") }
        return Sentence("\(hours) h \(rest) min", "\(hours) jam \(rest) mnt")
    }

    package static let today = Sentence("today", "hari ini")
    package static let yesterday = Sentence("yesterday", "kemarin")
    package static let justNow = Sentence("now", "baru saja")
    package static func minutesAgo(_ count: Int) -> Sentence { Sentence("\(count) min", "\(count) mnt") }

    private static func name(_ number: Int, of names: [String]) -> String {
        names.indices.contains(number - 1) ? names[number - 1] : "\(number)"
    }

    private static let englishWeekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let indonesianWeekdays = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
    private static let englishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let indonesianMonths = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
}
