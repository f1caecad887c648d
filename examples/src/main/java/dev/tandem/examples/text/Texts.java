package dev.tandem.examples.text;

import dev.tandem.core.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Definitions and sentences with their fields, to train with and to judge with. Each tenth sense is
 * there to judge with, with all its sentences, and no word of it is in the vocabulary that is not
 * elsewhere.
 *
 * @param vocabulary of what is trained with
 * @param fields of meaning
 * @param definitions to train with
 * @param sentences to train with
 * @param testDefinitions to judge with
 * @param testSentences to judge with
 */
record Texts(
    Vocabulary vocabulary,
    List<String> fields,
    Dataset definitions,
    Dataset sentences,
    Dataset testDefinitions,
    Dataset testSentences) {

  /** The words of a text that are read. */
  static final int LENGTH = 20;

  private static final int TENTH = 10;
  private static final int LEAST = 2;

  /**
   * Splits and encodes.
   *
   * @param most sentences to train with, from senses all over the file
   */
  static Texts of(Verbs verbs, int most) {
    List<Verbs.Sense> train = new ArrayList<>();
    List<Verbs.Sense> test = new ArrayList<>();
    for (int i = 0; i < verbs.senses().size(); i++) {
      (i % TENTH == 0 ? test : train).add(verbs.senses().get(i));
    }
    Vocabulary vocabulary =
        Vocabulary.of(
            train.stream()
                .flatMap(
                    sense ->
                        Stream.concat(Stream.of(sense.definition()), sense.sentences().stream())),
            LEAST);
    Function<Verbs.Sense, List<String>> definition = sense -> List.of(sense.definition());
    return new Texts(
        vocabulary,
        verbs.fields(),
        rows(verbs, vocabulary, train, definition),
        few(rows(verbs, vocabulary, train, Verbs.Sense::sentences), most),
        rows(verbs, vocabulary, test, definition),
        rows(verbs, vocabulary, test, Verbs.Sense::sentences));
  }

  /** Rows at equal distances; all of them if there are fewer. */
  private static Dataset few(Dataset rows, int most) {
    int count = Math.min(most, rows.size());
    return rows.rows(
        IntStream.range(0, count).map(i -> (int) ((long) i * rows.size() / count)).toArray());
  }

  private static Dataset rows(
      Verbs verbs,
      Vocabulary vocabulary,
      List<Verbs.Sense> senses,
      Function<Verbs.Sense, List<String>> texts) {
    List<int[]> encoded = new ArrayList<>();
    List<Integer> fields = new ArrayList<>();
    for (Verbs.Sense sense : senses) {
      for (String text : texts.apply(sense)) {
        encoded.add(vocabulary.encode(text, LENGTH));
        fields.add(verbs.fields().indexOf(sense.field()));
      }
    }
    return Dataset.builder()
        .input(Readers.TEXT, Nd4j.createFromArray(encoded.toArray(int[][]::new)))
        .target(
            Readers.FIELD,
            Nd4j.createFromArray(fields.stream().mapToInt(Integer::intValue).toArray()))
        .build();
  }
}
