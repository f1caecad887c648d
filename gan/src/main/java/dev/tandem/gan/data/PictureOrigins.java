package dev.tandem.gan.data;

import java.nio.file.Path;

/** Finds out what a path holds. */
final class PictureOrigins {

  private PictureOrigins() {}

  /**
   * The pictures of a path.
   *
   * @throws dev.tandem.core.data.DataFileException if it is nothing that holds pictures
   */
  static PictureOrigin of(Path path) {
    return new FolderOrigin(FolderListing.of(path));
  }
}
