package dev.tandem.examples.text;

import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.Studies;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class TextTest {

  private static final Verbs VERBS = Verbs.fromClassPath();

  private static Verbs first(int count) {
    return Verbs.of(VERBS.senses().subList(0, count));
  }

  @Test
  void verbs_thatComeAlong_haveFifteenFieldsDefinitionsAndSentences() {
    assertThat(VERBS.senses()).hasSize(13_767);
    assertThat(VERBS.fields()).hasSize(15).startsWith("body").endsWith("weather");
    assertThat(VERBS.senses().get(40))
        .isEqualTo(new Verbs.Sense("body", "act in an uncontrolled manner", List.of()));
    assertThat(VERBS.senses().get(42).sentences())
        .containsExactly("She falls over backwards when she sees her mother-in-law");
  }

  @Test
  void vocabulary_ofTexts_numbersFrequentWordsFirstAndCutsTextsOff() {
    Vocabulary vocabulary =
        Vocabulary.of(Stream.of("Move, move the table!", "the Table; don't move", "rare"), 2);

    assertThat(vocabulary.numbers().keySet()).containsExactly("move", "the", "table");
    assertThat(vocabulary.size()).isEqualTo(5);
    assertThat(vocabulary.encode("The rare TABLE", 5)).containsExactly(3, 1, 4, 0, 0);
    assertThat(vocabulary.encode("move the table", 2)).containsExactly(2, 3);
  }

  @Test
  void texts_ofSenses_keepEachTenthToJudgeWith() {
    Texts texts = Texts.of(first(100), 20);

    assertThat(texts.definitions().size()).isEqualTo(90);
    assertThat(texts.testDefinitions().size()).isEqualTo(10);
    assertThat(texts.sentences().size()).isEqualTo(20);
    assertThat(texts.sentences().input("text").shape()).containsExactly(20, Texts.LENGTH);
  }

  @Test
  void table_thatReadersShare_isMovedByWhomItIsAllowed() {
    Texts texts = Texts.of(first(60), 10);
    Readers readers = Readers.create(texts.vocabulary().size(), 15, 1);
    Weight table = readers.words().weight("embeddings");
    assertThat(readers.definitions().weights()).contains(table);
    assertThat(readers.sentences().weights()).contains(table);

    Training recipe =
        Training.with(Adam.rate(1e-2)).loss(sparseCategoricalCrossentropy().fromLogits()).seed(1);
    try (Trainer definitions = readers.definitions().compile(recipe);
        Trainer sentences = readers.sentences().compile(recipe.except(readers.words()))) {
      Examples rows =
          Examples.of(texts.definitions().input("text"), texts.definitions().target("field"));
      INDArray before = table.values();
      double first = sentences.trainOnBatch(rows).loss();
      assertThat(table.values()).isEqualTo(before);

      definitions.trainOnBatch(rows);
      assertThat(table.values()).isNotEqualTo(before);
      double last = 0;
      for (int i = 0; i < 20; i++) {
        last = sentences.trainOnBatch(rows).loss();
      }
      assertThat(last).isLessThan(first);
    }
  }

  @Test
  void study_ofTwoSteps_leavesNeighborsOfWordsAndARowForEachSharing(@TempDir Path folder) {
    TextCommand command = new TextCommand();

    String table =
        Studies.run(
            command,
            command::study,
            2,
            folder,
            Texts.of(Verbs.of(ImmutableList.copyOf(VERBS.senses().subList(0, 800))), 100));

    assertThat(folder.resolve("words.md")).content().contains("| see ");
    assertThat(table.lines()).hasSize(2 + TextCommand.Sharing.values().length);
  }
}
