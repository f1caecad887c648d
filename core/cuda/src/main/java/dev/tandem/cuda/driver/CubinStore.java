package dev.tandem.cuda.driver;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machine code of kernels on disk, by the hash of what it was made from. A file begins with the
 * hash of its contents, so that a damaged one is made anew.
 */
final class CubinStore {

  private static final Logger LOG = LoggerFactory.getLogger(CubinStore.class);
  private static final int HASH_BYTES = 32;

  private final Path folder;

  CubinStore(Path folder) {
    this.folder = folder;
  }

  /** The store of this user, from which what is old or too much is gone. */
  static CubinStore ofUser() {
    Path folder = folderOfUser();
    KernelCache.trim(folder, KernelCache.MOST_BYTES, Instant.now());
    return new CubinStore(folder);
  }

  /** In {@code XDG_CACHE_HOME}, else in {@code ~/.cache}. */
  static Path folderOfUser() {
    return folder(System.getenv(), System.getProperty("user.home", ""));
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  static Path folder(Map<String, String> environment, String home) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path root = cache.isBlank() ? Path.of(home, ".cache") : Path.of(cache);
    return root.resolve("tandem").resolve("cuda");
  }

  /** The machine code that a source gives, from disk if it was compiled before. */
  byte[] get(String source, Supplier<byte[]> compiler) {
    Path file = folder.resolve(hash(source) + KernelCache.CODE);
    return read(file)
        .orElseGet(
            () -> {
              byte[] made = compiler.get();
              write(file, made);
              return made;
            });
  }

  /** Writes a text that was refused, to be looked at. */
  String keep(String source) {
    Path file = folder.resolve("refused-" + hash(source) + ".cu");
    try {
      replace(file, source.getBytes(StandardCharsets.UTF_8));
      return file.toString();
    } catch (IOException e) {
      return "nowhere, as " + file + " cannot be written (" + e.getMessage() + ")";
    }
  }

  private static String hash(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString().substring(0, 32);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      byte[] all = Files.readAllBytes(file);
      if (all.length > HASH_BYTES) {
        byte[] contents = Arrays.copyOfRange(all, HASH_BYTES, all.length);
        if (Arrays.equals(sum(contents), Arrays.copyOf(all, HASH_BYTES))) {
          touch(file);
          return Optional.of(contents);
        }
      }
      LOG.warn("{} is damaged; its kernels are compiled anew", file);
    } catch (NoSuchFileException e) {
      // not compiled yet, or another process took it away
    } catch (IOException e) {
      LOG.warn("{} cannot be read; its kernels are compiled anew", file, e);
    }
    return Optional.empty();
  }

  /** Says that a file was used, so that it is not deleted as an old one. */
  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // it is not this user's to change, but it was read
    }
  }

  private static byte[] sum(byte[] contents) {
    return Hashing.sha256().hashBytes(contents).asBytes();
  }

  private void write(Path file, byte[] contents) {
    byte[] all = Arrays.copyOf(sum(contents), HASH_BYTES + contents.length);
    System.arraycopy(contents, 0, all, HASH_BYTES, contents.length);
    try {
      replace(file, all);
    } catch (IOException e) {
      LOG.warn("{} cannot be written; its kernels will be compiled again", file, e);
    }
  }

  /** Writes a file as a whole. */
  static void replace(Path file, byte[] contents) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path made = Files.createTempFile(folder, "made", KernelCache.DRAFT);
    try {
      Files.write(made, contents);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
