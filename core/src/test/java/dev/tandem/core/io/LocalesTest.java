package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.train.callback.CsvLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files where the machine's language has other digits, or another upper case of i. */
class LocalesTest {

  private static final String PLAIN = "[\\p{ASCII}─│┌┐└┘├┤┬┴┼→×…·–−]*";

  @TempDir Path folder;

  private final Locale usual = Locale.getDefault();

  private static void speak(String language) {
    Locale.setDefault(Locale.forLanguageTag(language));
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(usual);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Trainer trainer(long seed) {
    return Nets.discriminator(seed)
        .compile(Training.with(Adam.rate(0.01)).loss(Losses.binaryCrossentropy()).seed(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG-u-nu-arab", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "tr-TR"})
  void run_underALanguage_isFoundAndGoesOn(String language) throws IOException {
    speak(language);
    Dataset data =
        Dataset.builder()
            .input("image", Nets.numbers(1, 6, 4, 4, 1))
            .target("dense", Nets.numbers(2, 6, 1).gt(0).castTo(Nets.numbers(2, 1).dataType()))
            .build();
    Path run = folder.resolve("run");
    Path log = folder.resolve("log.csv");
    CheckpointSeries series = CheckpointSeries.in(run, 2);
    Fit fit =
        Fit.epochs(3)
            .batchSize(2)
            .callbacks(
                series, CsvLog.to(log), BestCheckpoint.lowest(folder.resolve("best"), "loss"));
    try (Trainer first = trainer(1)) {
      first.fit(data, fit);
    }

    assertThat(names(run)).containsExactly("step-000000006", "step-000000009");
    assertThat(series.latest()).contains(run.resolve("step-000000009"));
    try (Trainer second = trainer(2)) {
      RunState state = Checkpoint.of(second).restore(series.latest().orElseThrow());
      second.fit(
          data,
          Fit.epochs(4)
              .batchSize(2)
              .from(state.position().orElseThrow())
              .callbacks(
                  series, CsvLog.to(log), BestCheckpoint.lowest(folder.resolve("best"), "loss")));
    }
    assertThat(names(run)).containsExactly("step-000000009", "step-000000012");
    assertThat(Files.readAllLines(log)).hasSize(5).allMatch(line -> line.matches("[\\p{ASCII}]*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR"})
  void modelFile_writtenUnderALanguage_isReadUnderAnother(String language) throws IOException {
    Path directory = folder.resolve("model");
    speak(language);
    Model model = Nets.discriminator(1);
    ModelFile.save(model, directory);
    String summary = model.summary().toString();
    speak("en");

    assertThat(Files.readString(directory.resolve(Manifest.FILE))).matches("(?s)\\p{ASCII}*");
    assertThat(summary).isEqualTo(model.summary().toString()).matches("(?s)" + PLAIN);
    assertThat(Nets.values(ModelFile.load(directory))).isEqualTo(Nets.values(model));
  }

  @Test
  void series_writtenInDigitsOfALanguage_isFound() throws IOException {
    CheckpointSeries series = CheckpointSeries.in(folder, 2);
    Checkpoint checkpoint = Checkpoint.of().with(Nets.chain("m", 1));
    Path plain = series.save(checkpoint, 7, RunState.empty());
    Path arabic = Files.move(plain, folder.resolve("step-٠٠٠٠٠٠٠٠٧"));

    assertThat(series.latest()).contains(arabic);
    series.save(checkpoint, 8, RunState.empty());
    assertThat(series.all()).containsExactly(arabic, folder.resolve("step-000000008"));
    series.save(checkpoint, 9, RunState.empty());
    assertThat(names(folder)).containsExactly("step-000000008", "step-000000009");
  }
}
