package dev.tandem.dl4j;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A net in a zip of DL4J's {@code ModelSerializer}, {@code MultiLayerNetwork.save} or {@code
 * ComputationGraph.save}, versions 1.0.0-beta to 1.0.0-M2.1. DL4J is not needed.
 *
 * <p>Names, weights, settings of layers and frozen layers are kept; images and sequences have their
 * channels and features last, and kernels are turned accordingly. The updater's state and the
 * settings of training stay behind, and the report says so.
 */
@CheckReturnValue
public final class Dl4jFile {

  private final Path path;
  private final ImmutableMap<String, Shape> inputs;
  private final @Nullable String name;

  private Dl4jFile(Path path, ImmutableMap<String, Shape> inputs, @Nullable String name) {
    this.path = path;
    this.inputs = inputs;
    this.name = name;
  }

  /**
   * The model of a net whose file says everything about its inputs.
   *
   * @throws DataFileException as {@link #read()} does
   */
  public static Model read(Path path) {
    return of(path).read().model();
  }

  /** A file of which more is to be said. Nothing is read yet. */
  public static Dl4jFile of(Path path) {
    return new Dl4jFile(Objects.requireNonNull(path, "path"), ImmutableMap.of(), null);
  }

  /**
   * The shape of an input, which DL4J does not save for images and sequences.
   *
   * @param input its name; that of a MultiLayerNetwork is {@code input}
   * @param sample the shape of a sample with channels or features last: (height, width, channels),
   *     (time, features) or (features); of whole numbers, (count)
   */
  public Dl4jFile input(String input, long... sample) {
    ImmutableMap.Builder<String, Shape> all = ImmutableMap.builder();
    all.putAll(inputs).put(input, Shape.of(sample));
    return new Dl4jFile(path, all.buildKeepingLast(), name);
  }

  /** The name that the model gets; that of the file, without its ending, unless set. */
  public Dl4jFile named(String model) {
    return new Dl4jFile(path, inputs, Objects.requireNonNull(model, "model"));
  }

  /**
   * Reads the net.
   *
   * @throws DataFileException if there is no such file, it is damaged or of another kind, its
   *     parameters are not those of its layers, or some of its layers, vertices or settings are not
   *     here: all of these are named with their places. Nothing is built then
   */
  public Dl4jNet read() {
    Problems problems = new Problems(path);
    try (ZipContents zip = ZipContents.open(path, problems)) {
      Net net = NetReader.read(zip.text(ZipContents.CONFIGURATION), problems);
      return new NetBuilder(net, inputs, problems).build(zip, name == null ? fileName() : name);
    }
  }

  private String fileName() {
    Path last = path.getFileName();
    String file = last == null ? "" : last.toString().replaceFirst("\\.[A-Za-z0-9]+$", "");
    return file.isBlank() ? "net" : file;
  }
}
