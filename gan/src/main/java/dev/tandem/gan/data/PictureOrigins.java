package dev.tandem.gan.data;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.NumpyFile;
import dev.tandem.core.data.NumpyHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds out what a path holds. */
final class PictureOrigins {

  private static final int HEAD = 512;

  private PictureOrigins() {}

  /**
   * The pictures of a path: a folder of pictures, of CIFAR's binary files or of MNIST's files; a
   * file of NumPy, CIFAR, its archive, or one in the IDX format.
   *
   * @throws DataFileException if it is nothing that holds pictures
   */
  static PictureOrigin of(Path path) {
    try {
      return Files.isRegularFile(path) ? ofFile(path) : ofFolder(path);
    } catch (IOException e) {
      throw new DataFileException(path.toString(), "cannot be read (" + e + ")", e);
    }
  }

  private static PictureOrigin ofFolder(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.list(path)) {
        List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
        List<Path> binary = files.stream().filter(PictureOrigins::isCifar).toList();
        if (!binary.isEmpty()) {
          return cifar(path, files);
        }
        for (Path file : files) {
          if (file.getFileName().toString().startsWith("train-images-idx3-ubyte")) {
            return new IdxOrigin(file);
          }
        }
      }
    }
    return new FolderOrigin(FolderListing.of(path));
  }

  private static boolean isCifar(Path file) {
    String name = file.getFileName().toString();
    return name.matches("(data_batch_\\d|test_batch|train|test)\\.bin");
  }

  private static boolean isOfCifar(String name) {
    return name.endsWith(".bin") || name.endsWith(".txt");
  }

  private static CifarOrigin cifar(Path name, List<Path> files) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    StringBuilder state = new StringBuilder();
    for (Path file : files) {
      if (isOfCifar(file.getFileName().toString())) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
        state.append(FileState.of(file));
      }
    }
    return new CifarOrigin(name.toString(), state.toString(), contents);
  }

  private static PictureOrigin ofFile(Path path) throws IOException {
    if (path.toString().matches("(?i).*\\.[ct]sv(\\.gz)?")) {
      throw new DataFileException(
          path.toString(),
          "is a table, which has rows in place of pictures; TableSchema makes arrays of it in Java"
              + " (docs/data.md), for a GAN of rows too");
    }
    byte[] head = head(Files.newInputStream(path));
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.startsWith(NumpyHeader.START)) {
      return new NumpyOrigin(NumpyFile.ofArray(path));
    }
    if (start.startsWith("PK")) {
      return new NumpyOrigin(NumpyFile.ofArchive(path));
    }
    if (start.startsWith("\u001f\u008b")) {
      byte[] inside = head(new GZIPInputStream(Files.newInputStream(path)));
      return isTar(inside) ? ofTar(path) : new IdxOrigin(path);
    }
    if (start.startsWith("\0\0\b\u0003")) {
      return new IdxOrigin(path);
    }
    if (PictureFormat.of(head).isPresent()) {
      throw new DataFileException(
          path.toString(), "is one picture; give the folder that it lies in, with others like it");
    }
    long size = Files.size(path);
    if (CifarOrigin.isWhole(size, 1) || CifarOrigin.isWhole(size, 2)) {
      return cifar(path, List.of(path));
    }
    throw new DataFileException(
        path.toString(),
        "is neither a folder of pictures nor a file of images that is known here: NumPy's npy and"
            + " npz, CIFAR-10 or CIFAR-100 in binary form or as its .tar.gz, and IDX as of MNIST");
  }

  private static boolean isTar(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .startsWith(TarFile.MAGIC, TarFile.MAGIC_AT);
  }

  private static byte[] head(InputStream stream) throws IOException {
    try (InputStream in = stream) {
      return in.readNBytes(HEAD);
    }
  }

  private static PictureOrigin ofTar(Path path) throws IOException {
    ImmutableMap<String, byte[]> files;
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(path)))) {
      files = TarFile.read(in, PictureOrigins::isOfCifar);
    }
    if (files.keySet().stream().noneMatch(name -> name.endsWith(".bin"))) {
      throw new DataFileException(
          path.toString(),
          "is an archive without binary files of CIFAR; of CIFAR take the binary version"
              + " (cifar-10-binary.tar.gz), of pictures unpack it and give the folder");
    }
    return new CifarOrigin(path.toString(), FileState.of(path), files);
  }
}
