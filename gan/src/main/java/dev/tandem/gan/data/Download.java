package dev.tandem.gan.data;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * A file that is fetched once and then kept: {@code Download.sha256(uri, "9f86…").into(directory)}.
 * A file has its name only after its checksum was found right; one that is there with the right
 * checksum is not fetched again, whoever brought it.
 *
 * @param from where it is; http or https
 * @param function of the checksum
 * @param checksum in hexadecimal digits
 */
@SuppressWarnings("deprecation") // MD5 is what old data sets publish; it guards against accidents
public record Download(URI from, HashFunction function, String checksum) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  /**
   * Checks the checksum's length.
   *
   * @throws IllegalArgumentException if it does not have as many digits as the function makes, or
   *     the address names no file
   */
  public Download {
    checksum = checksum.toLowerCase(Locale.ROOT);
    int digits = function.bits() / 4;
    if (checksum.length() != digits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checksum of %s has %d hexadecimal digits, not %d: %s",
              from,
              checksum.length(),
              digits,
              checksum));
    }
    if (fileName(from).isEmpty()) {
      throw new IllegalArgumentException("address ends with no file name: " + from);
    }
  }

  /** A file of this SHA-256. */
  public static Download sha256(URI from, String checksum) {
    return new Download(from, Hashing.sha256(), checksum);
  }

  /** A file of this MD5, for data sets that publish no other one. */
  public static Download md5(URI from, String checksum) {
    return new Download(from, Hashing.md5(), checksum);
  }

  /**
   * The default folder of downloaded files: {@code tandem} in {@code XDG_CACHE_HOME}, or in {@code
   * .cache} of the home directory.
   */
  public static Path cache() {
    String chosen = System.getenv("XDG_CACHE_HOME");
    Path all =
        chosen == null || chosen.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(chosen);
    return all.resolve("tandem");
  }

  /** The last part of the address. */
  public String name() {
    return fileName(from);
  }

  private static String fileName(URI from) {
    String path = from.getPath() == null ? "" : from.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The file in a directory, which is made if need be. It is fetched if it is not there.
   *
   * @throws DataFileException if it cannot be fetched, or has another checksum than it should; what
   *     was there before is left as it is
   */
  public Path into(Path directory) {
    Path file = directory.resolve(name());
    try {
      if (Files.exists(file)) {
        requireRight(file, "the file in " + directory.toAbsolutePath());
        return file;
      }
      Files.createDirectories(directory);
      // Not a file of createTempFile, which nobody else may read: the umask decides, as elsewhere.
      Path part = directory.resolve(name() + "." + UUID.randomUUID() + ".part");
      try {
        fetch(part);
        requireRight(part, "what was fetched from " + from);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException e) {
      throw failed(directory, e.toString(), e);
    }
  }

  private void fetch(Path part) throws IOException {
    HttpClient client =
        HttpClient.newBuilder().followRedirects(Redirect.NORMAL).connectTimeout(PATIENCE).build();
    try {
      HttpResponse<Path> response =
          client.send(
              HttpRequest.newBuilder(from).timeout(PATIENCE).build(), BodyHandlers.ofFile(part));
      if (response.statusCode() != OK) {
        throw new IOException("status " + response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void requireRight(Path file, String what) throws IOException {
    String found = MoreFiles.asByteSource(file).hash(function).toString();
    if (!found.equals(checksum)) {
      throw new DataFileException(
          name(),
          String.format(
              Locale.ROOT,
              "%s has the checksum %s, not %s; delete it if it is there, and try again, or look"
                  + " whether another version is published now",
              what,
              found,
              checksum));
    }
  }

  private DataFileException failed(Path directory, String reason, IOException cause) {
    return new DataFileException(
        name(),
        String.format(
            Locale.ROOT,
            "cannot be fetched from %s (%s); without a network, put the file into %s by hand",
            from,
            reason,
            directory.toAbsolutePath()),
        cause);
  }
}
