package dev.tandem.gan.metric;

import com.google.common.hash.Hashing;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model that metrics look through: from samples to features, and to logits if it is a classifier.
 * The weights are taken as they are when this is made; training them on makes another space. For
 * one thread at a time.
 */
public final class FeatureExtractor implements AutoCloseable {

  /** The output that a saved extractor has its features under. */
  public static final String FEATURES = "features";

  /** The output that a saved extractor has its logits under, if it is a classifier. */
  public static final String LOGITS = "logits";

  private final Look look;
  private final String input;
  private final String features;
  private final @Nullable String logits;
  private final FeatureSpace space;

  private FeatureExtractor(
      Look look, String features, @Nullable String logits, FeatureSpace space) {
    this.look = look;
    this.input = "";
    this.features = features;
    this.logits = logits;
    this.space = space;
  }

  private FeatureExtractor(Model model, String features, @Nullable String logits) {
    requireMatrix(model, features);
    if (logits != null) {
      requireMatrix(model, logits);
    }
    if (model.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "an extractor has one input, but " + model + " has " + model.inputs().keySet());
    }
    this.input = model.inputs().keySet().iterator().next();
    this.features = features;
    this.logits = logits;
    this.space = new FeatureSpace(model.name(), Fingerprint.of(model));
    this.look = new ModelLook(Predictor.of(model), input);
  }

  /** A model, run here. */
  private record ModelLook(Predictor predictor, String input) implements Look {

    @Override
    public Map<String, INDArray> at(INDArray samples) {
      return predictor.predict(Map.of(input, samples));
    }

    @Override
    public void close() {
      predictor.close();
    }
  }

  /**
   * A model whose only output is the features.
   *
   * @param model to {@code (batch, features)}
   * @throws IllegalArgumentException if it has several inputs or outputs, or the output is no
   *     matrix
   */
  public static FeatureExtractor of(Model model) {
    if (model.outputs().size() != 1) {
      throw new IllegalArgumentException(
          model
              + " has several outputs "
              + model.outputs().keySet()
              + "; say which one holds the features with FeatureExtractor.of(model, features)");
    }
    return of(model, model.outputs().keySet().iterator().next());
  }

  /**
   * A model with features under an output.
   *
   * @param model with an output {@code (batch, features)} of that name
   * @throws IllegalArgumentException if there is none
   */
  public static FeatureExtractor of(Model model, String features) {
    return new FeatureExtractor(model, features, null);
  }

  /**
   * A classifier with features and logits under two outputs.
   *
   * @param model with outputs {@code (batch, features)} and {@code (batch, classes)} of those names
   * @throws IllegalArgumentException if one of them is not there
   */
  public static FeatureExtractor of(Model model, String features, String logits) {
    return new FeatureExtractor(model, features, logits);
  }

  /**
   * A model in core's files, with an output {@code features}, and {@code logits} if it has one, or
   * with one output alone.
   *
   * @param directory what {@link ModelFile#save} wrote
   * @throws dev.tandem.core.data.DataFileException if there is no model, or it is damaged
   */
  public static FeatureExtractor load(Path directory) {
    return of(ModelFile.load(directory), directory);
  }

  private static FeatureExtractor of(Model model, Path directory) {
    boolean named = model.outputs().containsKey(FEATURES);
    if (!named && model.outputs().size() > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s has no output \"%s\" among %s; load it with ModelFile and name the output",
              model,
              directory,
              FEATURES,
              model.outputs().keySet()));
    }
    if (!named) {
      return of(model);
    }
    return new FeatureExtractor(
        model, FEATURES, model.outputs().containsKey(LOGITS) ? LOGITS : null);
  }

  /**
   * A net in an ONNX file that looks at images as they are: {@code (n, height, width, channels)} of
   * the size of its input, black −1 and white 1.
   *
   * @throws dev.tandem.core.data.DataFileException if the file holds no such net
   * @throws IllegalStateException if ONNX Runtime is not on the class path
   */
  public static FeatureExtractor onnx(Path file) {
    return onnx(file, ImagePipeline.plain());
  }

  /**
   * A net in an ONNX file, such as the Inception-v3 of the FID papers. Features are its output
   * {@code features}, and logits {@code logits} if it has one, or its only output. Samples stay
   * {@code (n, height, width, channels)} in [−1, 1]; axes are turned where the net has channels
   * first, and gray becomes as many channels as the net has. The space of its features is named by
   * the file, the pipeline and the SHA-256 of the file.
   *
   * @param pipeline what happens to samples before the net looks at them
   * @throws dev.tandem.core.data.DataFileException if the file holds no such net
   * @throws IllegalStateException if ONNX Runtime is not on the class path
   */
  public static FeatureExtractor onnx(Path file, ImagePipeline pipeline) {
    String digest = digest(file);
    OnnxLook look = open(file, pipeline);
    try {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "");
      FeatureSpace space = new FeatureSpace(name + " (" + pipeline + ")", digest);
      return of(look, file, space);
    } catch (RuntimeException e) {
      look.close();
      throw e;
    }
  }

  private static FeatureExtractor of(OnnxLook look, Path file, FeatureSpace space) {
    Set<String> outputs = look.outputs().keySet();
    if (outputs.contains(FEATURES)) {
      return new FeatureExtractor(look, FEATURES, outputs.contains(LOGITS) ? LOGITS : null, space);
    }
    if (outputs.size() != 1) {
      throw new DataFileException(
          file.toString(),
          "has no output \"" + FEATURES + "\" among " + outputs + "; export it with that name");
    }
    return new FeatureExtractor(look, outputs.iterator().next(), null, space);
  }

  private static OnnxLook open(Path file, ImagePipeline pipeline) {
    try {
      return OnnxLook.open(file, pipeline);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "ONNX Runtime, which looks through "
              + file
              + ", is not on the class path, or not for this system ("
              + e
              + "); add com.microsoft.onnxruntime:onnxruntime",
          e);
    }
  }

  private static String digest(Path file) {
    try {
      return com.google.common.io.Files.asByteSource(file.toFile())
          .hash(Hashing.sha256())
          .toString();
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(), "cannot be read (" + e + "); give an .onnx file", e);
    }
  }

  /**
   * The classifier that this library brings along: a small convolutional net trained on MNIST, to
   * 64 features and the logits of ten digits. {@code examples/tandem classifier} trains it anew.
   *
   * <p>It takes float32 {@code (batch, 28, 28, 1)} with black −1 and white 1.
   */
  public static FeatureExtractor mnist() {
    return of(BundledClassifier.load(), Path.of("resources"));
  }

  /**
   * A net of random weights, always the same ones, for images of any size: three and more
   * convolutions of stride 2, and the means of their 64 channels. It knows nothing of what pictures
   * show; it tells colors, edges and textures apart, enough to follow a run and to compare runs on
   * the same data. Its scores are no published ones: their space is called {@code random_conv}.
   *
   * @param sample (height, width, channels) of float32 images
   * @throws IllegalArgumentException if it is another shape
   */
  public static FeatureExtractor random(Shape sample) {
    return of(RandomConv.net(sample));
  }

  /** The space of its features: its name and the hash of its weights. */
  public FeatureSpace space() {
    return space;
  }

  /**
   * Features of samples, and their logits if this is a classifier.
   *
   * @param samples {@code (n, …)}, as the model takes them
   * @throws IllegalArgumentException if they do not fit the model, or features come out as NaN or
   *     infinite
   */
  public Features extract(INDArray samples) {
    Map<String, INDArray> seen = look.at(samples);
    return new Features(
        Objects.requireNonNull(seen.get(features)),
        Optional.ofNullable(logits).map(seen::get),
        space);
  }

  /**
   * Features of all samples of an epoch of data, read ahead and looked at batch by batch.
   *
   * @param data with one input, or one of the name of the model's
   * @param batch how many samples are looked at at a time
   * @throws IllegalArgumentException if it has several inputs of other names, or they do not fit
   *     the model
   */
  public Features extract(DataSource data, int batch) {
    List<String> inputs =
        data.columns().stream()
            .filter(column -> column.kind() == Column.Kind.INPUT)
            .map(Column::name)
            .toList();
    if (inputs.size() != 1 && !inputs.contains(input)) {
      throw new IllegalArgumentException(
          "an extractor takes one input"
              + (input.isEmpty() ? "" : ", \"" + input + "\"")
              + ", and the data has "
              + inputs);
    }
    String taken = inputs.contains(input) ? input : inputs.get(0);
    List<Features> parts = new ArrayList<>();
    try (BatchIterator batches = data.batches(Batching.of(batch), 0).prefetched()) {
      while (batches.hasNext()) {
        parts.add(extract(batches.next().input(taken)));
      }
    }
    return Features.join(parts);
  }

  private static void requireMatrix(Model model, String output) {
    if (!model.outputs().containsKey(output)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has no output \"%s\"; there are %s",
              model,
              output,
              model.outputs().keySet()));
    }
    if (model.outputs().get(output).spec().shape().rank() != 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "output \"%s\" of %s is not (batch, features): %s; insert a Flatten or a pooling"
                  + " layer",
              output,
              model,
              model.outputs().get(output).spec().shape()));
    }
  }

  /** Gives the memory of its plans back. */
  @Override
  public void close() {
    look.close();
  }
}
