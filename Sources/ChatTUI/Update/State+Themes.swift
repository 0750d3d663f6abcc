import ChatText

/// Choosing how everything looks.
extension State {
    /// `/theme NAME` puts it on and keeps it; without a name there is a list to choose from.
    mutating func chooseTheme(_ name: String?) {
        themeAskedFor = name ?? ""
        // Files may have come since the list was read.
        emit(.listThemes)
    }

    mutating func take(themes names: [String]) {
        themes.names = names
        guard let wanted = themeAskedFor else { return }
        themeAskedFor = nil
        guard !names.isEmpty else { return lacks(.noThemes) }
        guard !wanted.isEmpty else {
            overlays.append(.themes(ThemePicker(names, before: themes.worn, inUse: say(.themeInUse))))
            return
        }
        guard let name = themes.name(meant: wanted) else {
            return lacks(.noSuchTheme(wanted))
        }
        keepTheme(name)
    }

    /// Says what there is instead, and where a theme would be found: too much for the bottom line.
    private mutating func lacks(_ what: Sentence) {
        let looked = Sentence.themesLookedFor(launch.themeFolders.joined(separator: ", "))
        for sentence in [what, looked] { note(sentence, isWarning: true) }
        guard !themes.names.isEmpty else {
            return overlays.append(
                .question(Question(title: what, text: looked, answers: [.init(.closeMenu, .nothing)])))
        }
        let text = Sentence.lines([.themesThereAre(themes.names.joined(separator: ", ")), looked])
        overlays.append(
            .question(
                Question(title: what, text: text, answers: [.init(.chooseTheme, .chooseTheme), .init(.closeMenu, .nothing)])))
    }

    private mutating func keepTheme(_ name: String) {
        announce(.themeKept(name))
        emit(.wear(name))
        emit(.keepTheme(name))
    }

    /// A theme is on: what could not be used of it is said, and all of it can be read in the log.
    mutating func wears(_ name: String, _ problems: [FileProblem]) {
        themes.worn = name
        announce(problems)
    }

    mutating func announce(_ problems: [FileProblem]) {
        guard let first = problems.first?.sentence else { return }
        for problem in problems { note(problem.sentence, isWarning: true) }
        let rest = problems.count - 1
        guard rest > 0 else { return announcement = Announcement(first, isWarning: true) }
        let english = Sentence.andMore(first.english, rest).english
        let indonesian = Sentence.andMore(first.indonesian, rest).indonesian
        announcement = Announcement(Sentence(english, indonesian), isWarning: true)
    }

    // MARK: The picker

    /// What is chosen in the list is on at once.
    mutating func preview(_ picker: ThemePicker) {
        guard let name = picker.chosen, name != themes.worn else { return }
        emit(.wear(name))
    }

    mutating func accept(_ picker: ThemePicker) {
        if let name = picker.chosen { keepTheme(name) } else { restore(picker) }
    }

    /// Back to what was on before.
    mutating func restore(_ picker: ThemePicker) {
        if themes.worn != picker.before { emit(.wear(picker.before)) }
    }
}
