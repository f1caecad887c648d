package dev.tandem.cuda.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The algorithms that were chosen, by what is computed. Those that were measured are kept in a file
 * for one card and version of cuDNN, and hold from then on, so that runs give the same bits.
 */
final class KeptAlgorithms {

  private static final Logger LOG = LoggerFactory.getLogger(KeptAlgorithms.class);

  private static final Map<Path, KeptAlgorithms> OF_FILES = new ConcurrentHashMap<>();

  private final Path file;
  private final Map<String, DnnAlgorithm> chosen = new ConcurrentHashMap<>();
  private final Map<String, DnnAlgorithm> measured = new TreeMap<>();

  /** Those of a file, which need not be there. */
  KeptAlgorithms(Path file) {
    this.file = file;
    try {
      for (String line : Files.readAllLines(file)) {
        take(line);
      }
    } catch (NoSuchFileException e) {
      // nothing was measured so far
    } catch (IOException e) {
      LOG.warn("{} cannot be read; cuDNN's first proposals are taken", file, e);
    }
    chosen.putAll(measured);
  }

  /**
   * Those of this user. Cards of one kind share them: what is measured on one holds on the others,
   * so that they give the same bits.
   *
   * @param folder beside the machine code of kernels
   * @param version of cuDNN, as it counts
   */
  static KeptAlgorithms in(Path folder, CudaCard card, long version) {
    String name =
        "algorithms-"
            + card.name().replaceAll("\\W+", "-").toLowerCase(Locale.ROOT)
            + "-"
            + card.architecture()
            + "-cudnn-"
            + version
            + ".txt";
    return OF_FILES.computeIfAbsent(
        folder.resolve(name).toAbsolutePath().normalize(), KeptAlgorithms::new);
  }

  private void take(String line) {
    String[] words = line.split("\t", -1);
    try {
      if (words.length == 3) {
        measured.put(
            words[0], new DnnAlgorithm(Integer.parseInt(words[1]), Long.parseLong(words[2])));
        return;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    LOG.warn("{} has a line that is none of ours and is left out: {}", file, line);
  }

  /** The algorithm for something, chosen if it was not before. */
  DnnAlgorithm get(String what, Supplier<DnnAlgorithm> choosing) {
    return chosen.computeIfAbsent(what, key -> choosing.get());
  }

  /** The algorithm for something, measured if it was not before. */
  synchronized DnnAlgorithm getMeasured(String what, Supplier<DnnAlgorithm> measuring) {
    DnnAlgorithm known = measured.get(what);
    if (known != null) {
      return known;
    }
    DnnAlgorithm fastest = measuring.get();
    measured.put(what, fastest);
    chosen.put(what, fastest);
    write();
    return fastest;
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    measured.forEach(
        (what, algorithm) ->
            lines.add(what + "\t" + algorithm.number() + "\t" + algorithm.workspace()));
    try {
      CubinStore.replace(file, (String.join("\n", lines) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      LOG.warn("{} cannot be written; algorithms will be measured again", file, e);
    }
  }
}
