package dev.tandem.dashboard.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A look at whether a run has its folder. It asks for a shared lock and gives it back at once; a
 * run that begins in that very moment asks again.
 */
final class LockProbe {

  /** What was seen. */
  enum Seen {
    HELD,
    FREE,
    NO_FILE,
    UNKNOWN
  }

  /** Closing these would release the locks of this process: a system's rule. */
  private static final Map<Path, FileChannel> OWN = new ConcurrentHashMap<>();

  private LockProbe() {}

  static Seen look(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Seen.NO_FILE;
    }
    FileChannel known = OWN.get(file);
    try {
      FileChannel channel =
          known != null
              ? known
              : FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      return look(file, channel);
    } catch (IOException | UnsupportedOperationException e) {
      return Seen.UNKNOWN; // a file system without locks
    }
  }

  private static Seen look(Path file, FileChannel channel) throws IOException {
    boolean own = false;
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
      if (lock == null) {
        return Seen.HELD;
      }
      lock.release();
      return Seen.FREE;
    } catch (OverlappingFileLockException e) {
      own = true;
      OWN.put(file, channel);
      return Seen.HELD;
    } finally {
      if (!own && OWN.get(file) != channel) {
        channel.close();
      }
    }
  }
}
