package dev.tandem.examples.text;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Senses of verbs in WordNet 3.0 (Princeton University), in the order of its file.
 *
 * @param senses all of them
 * @param fields the fields of meaning, in the order of letters
 */
record Verbs(ImmutableList<Sense> senses, ImmutableList<String> fields) {

  private static final String FILE = "/wordnet/verbs.tsv.gz";
  private static final Splitter TABS = Splitter.on('\t');
  private static final int TEXTS = 2;

  /**
   * One sense.
   *
   * @param field as in {@code motion}
   * @param definition as in {@code move from side to side}
   * @param sentences that use the verb, or none
   */
  record Sense(String field, String definition, List<String> sentences) {}

  /** Reads those that the examples bring along. */
  static Verbs fromClassPath() {
    ImmutableList.Builder<Sense> senses = ImmutableList.builder();
    try (InputStream file = Verbs.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new DataFileException(FILE, "is not on the class path; it belongs to the examples");
      }
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> parts = TABS.splitToList(line);
        senses.add(
            new Sense(parts.get(0), parts.get(TEXTS), parts.subList(TEXTS + 1, parts.size())));
      }
    } catch (IOException e) {
      throw new DataFileException(FILE, "cannot be read (" + e + ")", e);
    }
    return of(senses.build());
  }

  /** These senses. */
  static Verbs of(ImmutableList<Sense> senses) {
    return new Verbs(
        senses,
        senses.stream()
            .map(Sense::field)
            .distinct()
            .sorted()
            .collect(ImmutableList.toImmutableList()));
  }
}
