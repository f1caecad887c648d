package dev.tandem.examples.text;

import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;

import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.SeedTable;
import dev.tandem.examples.cli.StepLoop;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.cli.StudyCommand;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains readers of definitions and of sentences over one table of words. */
@Command(
    name = "text",
    mixinStandardHelpOptions = true,
    description = "Fields of meaning by definition and by sentence, over one embedding of words.",
    footer = {
      "",
      "Definitions of verbs and sentences that use them, from WordNet, which comes along: to which"
          + " of 15 fields (motion, emotion, weather, ...) does the verb belong? A reader of"
          + " sentences has an embedding of its own, or shares that of a reader of definitions.",
      "",
      "Leaves in DIR: results.md, and words.md with words that became neighbors. Takes about a"
          + " minute on two cores."
    })
public final class TextCommand extends StudyCommand<Texts> {

  private static final int STEPS = 600;
  private static final int BATCH = 64;
  private static final int TEST_BATCH = 200;
  private static final String SENTENCES = "sentences right, %";
  private static final String DEFINITIONS = "definitions right, %";

  /** Who moves the table of words. */
  enum Sharing {
    NONE("an embedding of its own"),
    BOTH("shared, both move it"),
    LENT("shared, the reader of definitions moves it");

    private final String row;

    Sharing(String row) {
      this.row = row;
    }
  }

  @Option(
      names = "--sentences",
      paramLabel = "N",
      description = "Sentences to train with (${DEFAULT-VALUE}); definitions are all there are.")
  private int sentences = 2_000;

  /** The command. */
  public TextCommand() {
    super("text", STEPS);
  }

  @Override
  protected Texts data() {
    requireAtLeastOne("--sentences", sentences);
    Texts texts = Texts.of(Verbs.fromClassPath(), sentences);
    if (sentences > texts.sentences().size()) {
      throw wrong("--sentences is not at most " + texts.sentences().size() + ": " + sentences);
    }
    return texts;
  }

  @Override
  protected SeedTable table() {
    return new SeedTable("reader of sentences")
        .column(SENTENCES, "%.1f")
        .column(DEFINITIONS, "%.1f");
  }

  @Override
  protected void study(Study study, Texts texts) {
    for (Sharing sharing : Sharing.values()) {
      Readers readers =
          Readers.create(texts.vocabulary().size(), texts.fields().size(), study.seed());
      train(study, texts, readers, sharing);
      if (sharing == Sharing.BOTH) {
        String table = NearWords.table(texts.vocabulary(), readers.words());
        WholeFile.write(study.file("words.md"), table);
        study.out().print(table);
      }
      if (study.isInterrupted()) {
        return;
      }
    }
  }

  private static void train(Study study, Texts texts, Readers readers, Sharing sharing) {
    // region train
    Training recipe =
        Training.with(Adam.rate(2e-3))
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .metrics(accuracy())
            .engine(study.engine())
            .seed(study.seed());
    Training lent = recipe.except(readers.words());
    try (Trainer definitions = readers.definitions().compile(recipe);
        Trainer sentences = readers.sentences().compile(sharing == Sharing.LENT ? lent : recipe);
        BatchIterator defined = batches(texts.definitions(), study.seed());
        BatchIterator used = batches(texts.sentences(), study.seed());
        StepLoop loop = study.loop(sharing.row, "sentences")) {
      while (loop.goesOn()) {
        if (sharing != Sharing.NONE) {
          definitions.trainOnBatch(Examples.of(defined.next()));
        }
        loop.done(sentences.trainOnBatch(Examples.of(used.next())).loss());
      }
      // endregion
      study.measured(sharing.row, SENTENCES, judge(sentences, texts.testSentences()));
      if (sharing != Sharing.NONE) {
        study.measured(sharing.row, DEFINITIONS, judge(definitions, texts.testDefinitions()));
      }
    }
  }

  private static BatchIterator batches(Dataset rows, long seed) {
    return rows.endlessBatches(
            Batching.of(BATCH).shuffled(seed).droppingRemainder(), BatchPosition.START)
        .prefetched();
  }

  private static double judge(Trainer trainer, Dataset test) {
    return 100 * Objects.requireNonNull(trainer.evaluate(test, TEST_BATCH).get("accuracy"));
  }
}
