package dev.tandem.examples.text;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Embedding;
import dev.tandem.examples.cli.MarkdownTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A table of words with those whose rows of an embedding point nearly the same way. */
final class NearWords {

  private static final ImmutableList<String> ASKED =
      ImmutableList.of(
          "run", "eat", "money", "water", "say", "think", "love", "fight", "build", "see", "snow",
          "hit");
  private static final int NEAREST = 6;
  private static final int FREQUENT = 2_000;

  private NearWords() {}

  /** The table, of those of its words that there are, among the most frequent ones. */
  static String table(Vocabulary vocabulary, Embedding words) {
    float[][] rows = words.weight("embeddings").values().toFloatMatrix();
    List<Map.Entry<String, Integer>> known =
        vocabulary.numbers().entrySet().stream().limit(FREQUENT).toList();
    MarkdownTable table = new MarkdownTable(List.of("word", "nearest words"));
    for (String word : ASKED) {
      Integer number = vocabulary.numbers().get(word);
      if (number != null) {
        float[] asked = rows[number];
        List<String> near =
            known.stream()
                .filter(entry -> !entry.getKey().equals(word))
                .sorted(Comparator.comparingDouble(entry -> -cosine(asked, rows[entry.getValue()])))
                .limit(NEAREST)
                .map(Map.Entry::getKey)
                .toList();
        table.row(List.of(word, String.join(", ", near)));
      }
    }
    return table.text();
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      ofA += a[i] * a[i];
      ofB += b[i] * b[i];
    }
    return product / Math.sqrt(ofA * ofB);
  }
}
