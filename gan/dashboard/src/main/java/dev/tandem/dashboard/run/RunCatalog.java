package dev.tandem.dashboard.run;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The runs below a folder. Nothing is found through links, so nothing outside of the folder is ever
 * read; a question names a run by the id that was told, and no path is made of it.
 */
public final class RunCatalog {

  /**
   * What a look has found.
   *
   * @param changed runs of which something else is told now
   * @param removed ids of runs that are gone
   */
  public record Changes(List<RunSummary> changed, List<String> removed) {

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
      return changed.isEmpty() && removed.isEmpty();
    }
  }

  private static final int DEPTH = 5;
  private static final int MOST_RUNS = 2_000;
  private static final int MOST_FOLDERS = 100_000;
  private static final long MOST_NUMBERS = 32L << 20;
  private static final List<String> SIGNS =
      List.of("metrics.jsonl", "config.yaml", "run.json", "samples.png");

  private final Path root;
  private volatile Map<String, WatchedRun> runs = Map.of();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final AtomicLong questions = new AtomicLong();

  private RunCatalog(Path root) {
    this.root = root;
  }

  /**
   * The runs below a folder, which may be a run itself.
   *
   * @throws IOException if there is no such folder
   */
  public static RunCatalog of(Path folder) throws IOException {
    return new RunCatalog(folder.toRealPath());
  }

  /** The folder, as it is without links. */
  public Path root() {
    return root;
  }

  /** Looks for runs, and at each of them. */
  public synchronized Changes update() {
    Map<String, Path> found = find();
    Map<String, WatchedRun> next = new TreeMap<>();
    List<String> removed = new ArrayList<>();
    runs.keySet().stream().filter(id -> !found.containsKey(id)).forEach(removed::add);
    List<RunSummary> changed = new ArrayList<>();
    long now = System.currentTimeMillis();
    found.forEach(
        (id, folder) -> {
          WatchedRun run = runs.get(id);
          run = run == null ? new WatchedRun(id, folder) : run;
          next.put(id, run);
          if (run.update(now)) {
            changed.add(run.summary());
          }
        });
    runs = next;
    asked.keySet().retainAll(next.keySet());
    dropUnasked();
    return new Changes(changed, removed);
  }

  /** Keeps the numbers of those runs that were asked for last, as far as there is room. */
  private void dropUnasked() {
    List<WatchedRun> all = new ArrayList<>(runs.values());
    all.sort(Comparator.comparingLong(run -> -asked.getOrDefault(run.id(), 0L)));
    long weight = 0;
    for (int i = 0; i < all.size(); i++) {
      weight += all.get(i).weight();
      if (weight > MOST_NUMBERS && i > 0) {
        all.get(i).drop();
      }
    }
  }

  private Map<String, Path> find() {
    Map<String, Path> found = new TreeMap<>();
    if (isRun(root)) {
      Path name = root.getFileName();
      return Map.of(name == null ? "run" : name.toString(), root);
    }
    try {
      Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH, new Visitor(found));
    } catch (IOException e) {
      return found; // removed meanwhile: there is none
    }
    return found;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {

    private final Map<String, Path> found;
    private int folders;

    Visitor(Map<String, Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (++folders > MOST_FOLDERS || found.size() >= MOST_RUNS) {
        return FileVisitResult.TERMINATE;
      }
      if (folder.getFileName().toString().startsWith(".")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (isRun(folder)) {
        found.put(id(folder), folder);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException error) {
      return FileVisitResult.CONTINUE;
    }
  }

  private String id(Path folder) {
    List<String> names = new ArrayList<>();
    root.relativize(folder).forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private static boolean isRun(Path folder) {
    return SIGNS.stream()
        .anyMatch(sign -> Files.isRegularFile(folder.resolve(sign), LinkOption.NOFOLLOW_LINKS));
  }

  /** What the list says, the run that wrote last in front. */
  public List<RunSummary> summaries() {
    return runs.values().stream()
        .map(WatchedRun::summary)
        .sorted(Comparator.comparingLong(RunSummary::changed).reversed())
        .toList();
  }

  /** The run of an id; empty if there is none. */
  public Optional<WatchedRun> run(String id) {
    WatchedRun run = runs.get(id);
    if (run != null) {
      asked.put(id, questions.incrementAndGet());
    }
    return Optional.ofNullable(run);
  }
}
