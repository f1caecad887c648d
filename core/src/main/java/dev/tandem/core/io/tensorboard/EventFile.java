package dev.tandem.core.io.tensorboard;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;

/**
 * An event file, which TensorBoard shows while it grows: scalars, images, histograms, graphs of
 * models, settings.
 *
 * <pre>{@code
 * EventFile file = EventFile.in(folder, 0);
 * file.scalars(step, Map.of("loss", .7));
 * }</pre>
 *
 * <p>Each call is in the file when it returns. What cannot be written is said in the log once, and
 * whoever calls goes on.
 */
public final class EventFile {

  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
  private static final double MILLIS = 1e3;

  private final Path path;
  private boolean failed;

  private EventFile(Path path) {
    this.path = path;
  }

  /**
   * A new file in a folder, beside those that are there: TensorBoard shows them as one run.
   *
   * @param folder made if it is not there
   * @param step that the run goes on from: of earlier files, events after it are no longer shown
   * @throws DataFileException if there can be no file
   */
  public static EventFile in(Path folder, long step) {
    double now = now();
    try {
      Files.createDirectories(folder);
      long number = (long) now;
      Path path = folder.resolve("events.out.tfevents." + number + ".tandem");
      while (Files.exists(path)) {
        number++;
        path = folder.resolve("events.out.tfevents." + number + ".tandem");
      }
      Files.write(path, EventRecords.version(now), StandardOpenOption.CREATE_NEW);
      EventFile file = new EventFile(path);
      if (step > 0) {
        file.append(EventRecords.restart(now, step + 1));
      }
      return file;
    } catch (IOException e) {
      throw new DataFileException(
          folder.toString(), "cannot hold event files (" + e + "); is there room, and a right?", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  private static double now() {
    return System.currentTimeMillis() / MILLIS;
  }

  private void append(byte[] record) {
    try {
      Files.write(path, record, StandardOpenOption.APPEND);
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("{}: cannot be written ({}); all else goes on without it", path, e.toString());
      }
      failed = true;
    }
  }

  private void append(long step, Summary.Builder summary) {
    append(EventRecords.summary(now(), step, summary.build()));
  }

  /** Numbers of a step by their tags; a slash in a tag makes groups, as in {@code loss/d}. */
  public void scalars(long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    append(step, summary);
  }

  /** A picture of a step. */
  public void image(long step, String tag, BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new IllegalStateException("a picture cannot be written to memory", e);
    }
    Summary.Image.Builder content =
        Summary.Image.newBuilder()
            .setHeight(image.getHeight())
            .setWidth(image.getWidth())
            .setColorspace(image.getRaster().getNumBands())
            .setEncodedImageString(ByteString.copyFrom(png.toByteArray()));
    append(
        step,
        Summary.newBuilder().addValue(Summary.Value.newBuilder().setTag(tag).setImage(content)));
  }

  /** Histograms of the finite numbers of arrays, by their tags. */
  public void histograms(long step, Map<String, INDArray> arrays) {
    Map<String, HistogramProto> made = new LinkedHashMap<>();
    arrays.forEach((tag, array) -> made.put(tag, Histograms.of(array)));
    Summary.Builder summary = Summary.newBuilder();
    made.forEach(
        (tag, histogram) ->
            summary.addValue(Summary.Value.newBuilder().setTag(tag).setHisto(histogram)));
    append(step, summary);
  }

  /**
   * The graph of some models, each a scope of its name.
   *
   * @param moved what trainers move; nodes say whether their layer is among it
   */
  public void graph(List<Model> models, Set<Weight> moved) {
    append(EventRecords.graph(now(), GraphMessages.of(models, moved)));
  }

  /**
   * The settings of a run, for TensorBoard's table of hyperparameters.
   *
   * @param settings numbers, truth values and texts by name
   * @param tags scalars that the table shows beside them
   */
  public void settings(Map<String, ?> settings, Iterable<String> tags) {
    double now = now();
    append(0, Summary.newBuilder().addValue(HparamMessages.experiment(settings, tags, now)));
    append(0, Summary.newBuilder().addValue(HparamMessages.start(settings, now)));
  }

  /** That the run is done. */
  public void end() {
    append(0, Summary.newBuilder().addValue(HparamMessages.end(now())));
  }
}
