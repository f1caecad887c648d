package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.samediff.Export;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Predictors for programs without this library: a file that {@code SameDiff.load(file, false)} of
 * plain ND4J reads. Placeholders and outputs are named as the model's inputs and outputs, weights
 * are constants, and layers do what they do in inference.
 */
public final class SameDiffFile {

  private SameDiffFile() {}

  /**
   * Exports a model for batches of one size, in place of an earlier export.
   *
   * @param batchSize at least 1
   * @param file usually named {@code *.fb}
   * @throws DataFileException if it cannot be written
   */
  public static void save(Model model, int batchSize, Path file) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is not at least 1: " + batchSize);
    }
    Export export = Export.of(Lowering.predictor(model, batchSize));
    try {
      export.save(file);
    } catch (UncheckedIOException e) {
      throw new DataFileException(
          file.toString(),
          "cannot be written (" + e.getCause() + "); does its directory exist, with space left?",
          e);
    }
  }
}
