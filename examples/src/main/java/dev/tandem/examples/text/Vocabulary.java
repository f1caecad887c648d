package dev.tandem.examples.text;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The numbers of words: 0 stands behind the end of a text, 1 for all words that are not in the
 * vocabulary.
 *
 * @param numbers of the words, from 2 on, frequent ones first
 */
record Vocabulary(ImmutableMap<String, Integer> numbers) {

  private static final int OTHERS = 1;
  private static final int FIRST = 2;
  private static final Splitter WORDS = Splitter.onPattern("[^a-z']+").omitEmptyStrings();

  /** The words that occur at least so often. */
  static Vocabulary of(Stream<String> texts, int least) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    texts.forEach(text -> words(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
    ImmutableMap.Builder<String, Integer> numbers = ImmutableMap.builder();
    List<String> kept =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= least)
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .collect(ImmutableList.toImmutableList());
    for (int i = 0; i < kept.size(); i++) {
      numbers.put(kept.get(i), FIRST + i);
    }
    return new Vocabulary(numbers.buildOrThrow());
  }

  private static List<String> words(String text) {
    return WORDS.splitToList(text.toLowerCase(Locale.ROOT));
  }

  /** The rows of a table for it. */
  int size() {
    return FIRST + numbers.size();
  }

  /** A text as numbers, cut off or filled up to a length. */
  int[] encode(String text, int length) {
    int[] encoded = new int[length];
    int at = 0;
    for (String word : words(text)) {
      if (at == length) {
        break;
      }
      encoded[at++] = numbers.getOrDefault(word, OTHERS);
    }
    return encoded;
  }
}
