import Foundation

/// What a path or a descriptor leads to: the same for every name of one file.
public struct FileIdentity: Equatable, Sendable {
  /// Of the file, or of the folder in which it would be made.
  private let device: UInt64
  private let inode: UInt64
  /// The name of a file that does not exist yet.
  private let newName: String?
  /// Whether it is a device such as a terminal, which any number of outputs may share.
  let isDevice: Bool

  /// Nil if even the folder is missing.
  public init?(path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      self.init(status, newName: nil)
    } else if let place = Place(path), stat(place.folder, &status) == 0 {
      self.init(status, newName: place.name)
    } else {
      return nil
    }
  }

  /// Nil if the descriptor is closed.
  public init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status, newName: nil)
  }

  private init(_ status: stat, newName: String?) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    isDevice = [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
    self.newName = newName
  }
}

/// A file's folder and its name there, after all symbolic links, also those that lead to no file yet.
struct Place {
  let folder: String
  let name: String

  /// Nil if links lead in a circle.
  init?(_ path: String) {
    var path = path
    // As many links as Linux follows.
    for _ in 0..<40 {
      let (folder, name) = Self.split(path)
      guard let target = Self.target(ofLink: path) else {
        (self.folder, self.name) = (folder, name)
        return
      }
      path = target.hasPrefix("/") ? target : folder + "/" + target
    }
    return nil
  }

  var path: String { folder + "/" + name }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    // One byte is left for the zero at the end.
    guard readlink(path, &buffer, buffer.count - 1) >= 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
