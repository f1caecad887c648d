package dev.tandem.core.train.callback;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.History;
import dev.tandem.core.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

  private static final Dataset DATA =
      Dataset.builder().input("x", column(1)).target("w", column(0)).build();

  @TempDir private Path folder;

  private static History fit(Fit how) {
    return line(1).compile(descent(0.1)).fit(DATA, how);
  }

  @Test
  void log_hasALineForEachEpochInFullPrecision() throws IOException {
    Path file = folder.resolve("log.csv");
    History history = fit(Fit.epochs(2).validation(DATA).callbacks(CsvLog.to(file)));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "epoch,loss,val_loss",
            "0," + history.of("loss").get(0) + "," + history.of("val_loss").get(0),
            "1," + history.of("loss").get(1) + "," + history.of("val_loss").get(1));
  }

  @Test
  void log_ofANewFit_beginsAnewAndOfAResumedOneGoesOn() throws IOException {
    Path file = folder.resolve("log.csv");
    CsvLog log = CsvLog.to(file);
    fit(Fit.epochs(5).callbacks(log));
    fit(Fit.epochs(3).callbacks(log));
    List<String> three = Files.readAllLines(file);
    assertThat(three).hasSize(4);
    fit(Fit.epochs(4).from(BatchPosition.startOf(2)).callbacks(CsvLog.to(file)));
    List<String> four = Files.readAllLines(file);
    assertThat(four).hasSize(5).startsWith(three.subList(0, 3).toArray(String[]::new));
    assertThat(four.get(3)).startsWith("2,").isNotEqualTo(three.get(3));
    assertThat(four.get(4)).startsWith("3,");
  }

  @Test
  void log_withOtherColumns_isRefused() {
    Path file = folder.resolve("log.csv");
    fit(Fit.epochs(1).callbacks(CsvLog.to(file)));
    Fit resumed =
        Fit.epochs(2).from(BatchPosition.startOf(1)).validation(DATA).callbacks(CsvLog.to(file));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(resumed))
        .withMessage(
            file
                + " has the columns epoch,loss, and this fit reports epoch,loss,val_loss; log to"
                + " another file");
  }

  @Test
  void log_inAFolderThatIsNotThere_isRefusedBeforeTheFirstStep() {
    Path file = folder.resolve("no").resolve("log.csv");
    Trainer trainer = line(1).compile(descent(0.1));
    assertThatExceptionOfType(DataFileException.class)
        .isThrownBy(() -> trainer.fit(DATA, Fit.epochs(1).callbacks(CsvLog.to(file))))
        .withMessageStartingWith(file + ": lies in a directory that does not exist");
    assertThatExceptionOfType(DataFileException.class)
        .isThrownBy(() -> trainer.fit(DATA, Fit.epochs(1).callbacks(CsvLog.to(folder))))
        .withMessageStartingWith(folder + ": is a directory");
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void file_thatIsNoLog_isNotWrittenOver() throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "epoch,loss\nbuy milk\n");
    Fit resumed = Fit.epochs(2).from(BatchPosition.startOf(1)).callbacks(CsvLog.to(file));
    assertThatExceptionOfType(DataFileException.class)
        .isThrownBy(() -> fit(resumed))
        .withMessage(file + ": a line does not begin with an epoch; log to another file");
    assertThat(Files.readString(file)).contains("buy milk");
  }
}
