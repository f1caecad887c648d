package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The pictures of a folder. */
final class FolderOrigin implements PictureOrigin {

  private final FolderListing listing;
  private final String rootAddress;

  FolderOrigin(FolderListing listing) {
    this.listing = listing;
    this.rootAddress = listing.root().toUri().getRawPath();
  }

  @Override
  public String name() {
    return listing.root().toString();
  }

  @Override
  public String state() {
    StringBuilder state = new StringBuilder();
    for (FolderListing.Entry entry : listing.pictures()) {
      state
          .append(nameOf(entry))
          .append('\0')
          .append(entry.label())
          .append(' ')
          .append(entry.bytes())
          .append(' ')
          .append(entry.modified())
          .append('\n');
    }
    listing.others().forEach(other -> state.append(other).append('\n'));
    return state.toString();
  }

  @Override
  public ImmutableList<String> classes() {
    return listing.classes();
  }

  @Override
  public long count() {
    return listing.pictures().size();
  }

  @Override
  public ImmutableList<LeftOut> leftOut() {
    return listing.others();
  }

  /** What readers say without decoding; files that they do not understand are passed over. */
  @Override
  public PictureSizes sizes() {
    List<ImageSize> sizes =
        listing.pictures().parallelStream()
            .flatMap(entry -> sizeOf(entry.file()).stream())
            .toList();
    return sizes.isEmpty() ? PictureSizes.all(ImageSize.square(1)) : PictureSizes.of(sizes);
  }

  private static Optional<ImageSize> sizeOf(Path file) {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers =
          stream == null ? Collections.emptyIterator() : ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return Optional.of(new ImageSize(reader.getHeight(0), reader.getWidth(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // decoding will tell
    }
  }

  @Override
  public void read(int background, int side, Sink sink) throws IOException {
    for (FolderListing.Entry entry : listing.pictures()) {
      sink.take(
          nameOf(entry),
          entry.label(),
          remarks -> Picture.read(entry.file(), background, side, remarks));
    }
  }

  /** The path in the folder, its bytes written as in an address: names need not be letters here. */
  private String nameOf(FolderListing.Entry entry) {
    return entry.file().toUri().getRawPath().substring(rootAddress.length());
  }
}
