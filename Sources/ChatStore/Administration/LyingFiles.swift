/// What lay in the folders for contents and for uploads at one moment.
struct LyingFiles {
    let contents: [String]
    let uploads: [String]

    init(_ folder: DataFolder) throws {
        contents = try FolderListing.names(in: folder.files)
        uploads = try FolderListing.names(in: folder.uploads)
    }
}
