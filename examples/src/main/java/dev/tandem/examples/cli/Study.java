package dev.tandem.examples.cli;

import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.StepResult;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a training of one seed is given, and where what comes of it goes. */
public final class Study {

  /** The input of {@link #batches}. */
  public static final String IMAGE = "image";

  private final int steps;
  private final long seed;
  private final Engine engine;
  private final PrintWriter out;
  private final Path folder;
  private final SeedTable table;
  private final Interruption interruption;

  Study(
      int steps,
      long seed,
      Engine engine,
      PrintWriter out,
      Path folder,
      SeedTable table,
      Interruption interruption) {
    this.steps = steps;
    this.seed = seed;
    this.engine = engine;
    this.out = out;
    this.folder = folder;
    this.table = table;
    this.interruption = interruption;
  }

  void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataFileException(
          folder.toString(), "cannot be made (" + e + "); give --out another folder", e);
    }
  }

  /** The steps of a training, at least 1. */
  public int steps() {
    return steps;
  }

  /** What everything random follows from. */
  public long seed() {
    return seed;
  }

  /** What runs the steps. */
  public Engine engine() {
    return engine;
  }

  /** Takes what is to be read while it trains. */
  public PrintWriter out() {
    return out;
  }

  /** A file of this seed's folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether a signal has come: what is left to do is left out. */
  public boolean isInterrupted() {
    return interruption.signal().isPresent();
  }

  /**
   * Steps that tell of themselves and end at a signal.
   *
   * @param task what is trained, in a word
   * @param losses the names of the numbers that each step tells
   */
  public StepLoop loop(String task, String... losses) {
    return new StepLoop(task, steps, out, interruption, losses);
  }

  /** What ends a fit after the epoch in which a signal comes. */
  public Callback stopping() {
    return new Callback() {
      @Override
      public void onStep(FitProgress progress, StepResult result) {
        interruption.signal().ifPresent(progress::stop);
      }
    };
  }

  /** Writes a picture, and says where it is. */
  public void picture(String name, BufferedImage picture) {
    PngFile.write(picture, file(name));
    out.println("picture  " + file(name));
  }

  /** Batches of images without end, shuffled by the seed, under the name {@value #IMAGE}. */
  public BatchIterator batches(LabeledImages images, int batch) {
    return Dataset.builder()
        .input(IMAGE, images.images())
        .build()
        .endlessBatches(Batching.of(batch).shuffled(seed).droppingRemainder(), BatchPosition.START)
        .prefetched();
  }

  /**
   * Draws images in rows and writes the picture.
   *
   * @param columns the images of a row
   * @param images (n, height, width, channels) in [−1, 1]
   */
  public void picture(String name, int columns, INDArray images) {
    picture(name, ImageGrid.ofColumns(columns).withZoom(2).draw(images));
  }

  /** What a model makes of an input. */
  public INDArray predict(Model model, INDArray input) {
    try (Predictor predictor = Predictor.of(model, engine)) {
      return predictor.predict(input);
    }
  }

  /** Puts a number into the table. */
  public void measured(String row, String column, double value) {
    table.add(row, column, value);
  }
}
