import ChatTerminal
import Foundation
import Testing

@testable import ChatTUI

/// Whole screens as they must look: the files in `Pictures`. After a change that is meant, `OBROL_RECORD=1` writes them
/// anew: read the difference before committing it.
@Suite("Screens")
struct GoldenTests {
    static let sizes = [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24), Size(columns: 20, rows: 6)]
    static let pictures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Pictures")

    @Test("a screen looks as it was agreed", arguments: Scene.allCases, sizes)
    func golden(scene: Scene, size: Size) throws {
        let name = "\(scene.rawValue)-\(size.columns)x\(size.rows)"
        let file = Self.pictures.appendingPathComponent(name + ".txt")
        let drawn = scene.picture(size) + "\n"
        if ProcessInfo.processInfo.environment["OBROL_RECORD"] != nil { try Data(drawn.utf8).write(to: file) }
        #expect(try drawn == String(contentsOf: file, encoding: .utf8), "\(name) is now\n\(drawn)")
    }

    @Test("every screen has a visible cursor inside of it, and whole borders", arguments: Scene.allCases, sizes)
    func cursor(scene: Scene, size: Size) {
        var stage = Stage(columns: size.columns, rows: size.rows, isSignedIn: scene != .form)
        if scene != .form { Scene.furnish(&stage) }
        let cursor = stage.grid.cursor
        #expect(cursor.map { Rect(size).contains($0) } == true)
    }

    @Test("a screen that is too small says how small is not, and typing still counts")
    func tooSmall() {
        var stage = Stage(columns: 19, rows: 6)
        #expect(stage.lines[0].contains("needs 20×6"))
        stage.type("halo")
        stage.happen(.resized(Size(columns: 80, rows: 24)))
        #expect(stage.state.composeEditor.text == "halo")
        stage.happen(.resized(Size(columns: 0, rows: 0)))
        #expect(stage.lines.isEmpty)
    }

    @Test("zoomed, a pane is alone and has no borders")
    func zoom() {
        var stage = Stage()
        Scene.furnish(&stage)
        stage.press(Key(.function(6)))
        #expect(!stage.picture.contains("│"))
        #expect(stage.shows("halo semua"))
        stage.press(Key(.function(6)))
        #expect(stage.picture.contains("│"))
    }

    @Test("below 60 columns one pane is seen at a time, over compose")
    func narrow() {
        var stage = Stage(columns: 50, rows: 20)
        Scene.furnish(&stage)
        #expect(!stage.shows("DIRECT"))
        stage.press(Key(.tab, .shift), Key(.tab, .shift))
        #expect(stage.shows("DIRECT"))
        #expect(!stage.shows("halo semua"))
        #expect(stage.shows("bab 2?"))
    }
}
