package dev.tandem.examples.gan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import com.google.common.primitives.Ints;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.latent.LatentTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The trained generator of a run as a model file in its folder, and beside it what else there is to
 * know to sample from it.
 *
 * @param model from {@code noise}, and {@code label} with classes, to {@code image}
 * @param latent what noise is like; empty if that is not known
 * @param classes how many labels there are, 0 without any
 * @param names of the classes, in their order; empty if they have none
 * @param round that it was trained up to; empty if that is not known
 */
public record GeneratorFile(
    Model model,
    Optional<Latent> latent,
    int classes,
    ImmutableList<String> names,
    OptionalLong round) {

  static final String FOLDER = "generator";
  static final String BACK = "generator-back";
  static final String FACTS = "generator.json";
  static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The generator of a run, or a model file of any generator.
   *
   * @param place folder of a run or of a model
   * @throws DataFileException if there is neither
   */
  public static GeneratorFile load(Path place) {
    return load(place, FOLDER);
  }

  /**
   * The generator back of a run that learned both directions.
   *
   * @param run its folder
   * @throws DataFileException if there is none
   */
  public static GeneratorFile loadBack(Path run) {
    if (!Files.isDirectory(run.resolve(BACK))) {
      throw new DataFileException(
          run.toString(), "has no " + BACK + "/: only cyclegan learns a way back");
    }
    return load(run, BACK);
  }

  private static GeneratorFile load(Path place, String folder) {
    if (!Files.exists(place)) {
      throw new DataFileException(
          place.toString(),
          "does not exist; give the folder that was --out of 'tandem gan', or that ModelFile.save"
              + " wrote to");
    }
    boolean isRun = Files.isDirectory(place.resolve(folder));
    if (!isRun && !Files.exists(place.resolve("manifest.json"))) {
      throw new DataFileException(
          place.toString(),
          Files.isDirectory(place.resolve("checkpoints"))
              ? "has no generator/, which comes with each checkpoint but did not in earlier"
                  + " versions; go on with 'tandem gan --resume "
                  + place
                  + "', if only for one step"
              : Files.exists(place.resolve("config.yaml"))
                  ? "is a run that has not come to its first checkpoint, with which a generator"
                      + " comes"
                  : "holds neither a run (generator/) nor a model (manifest.json); give the folder"
                      + " that was --out of 'tandem gan', or that ModelFile.save wrote to");
    }
    Model model = ModelFile.load(isRun ? place.resolve(folder) : place);
    Path file = isRun ? place.resolve(FACTS) : place.toAbsolutePath().resolveSibling(FACTS);
    JsonNode facts = facts(file);
    return new GeneratorFile(
        model,
        latent(facts, file),
        facts.path("classes").asInt(),
        Streams.stream(facts.path("names")).map(JsonNode::asText).collect(toImmutableList()),
        facts.has("round") ? OptionalLong.of(facts.get("round").asLong()) : OptionalLong.empty());
  }

  /**
   * Refuses a generator that makes its samples of others, not of noise.
   *
   * @param place that it was loaded from
   * @throws DataFileException if it is one
   */
  public GeneratorFile requireNoise(Path place) {
    if (translates()) {
      throw new DataFileException(
          place.toString(),
          "makes images of images, not of noise; 'tandem sample "
              + place
              + " --data PICTURES' translates pictures");
    }
    List<SymbolicTensor> inputs = model.inputs().values().asList();
    boolean label = inputs.size() == 2 && inputs.get(1).spec().dtype() == DataType.INT32;
    if (model.outputs().size() != 1 || !(inputs.size() == 1 || label)) {
      throw new DataFileException(
          place.toString(),
          "holds a model from "
              + model.inputs().keySet()
              + " to "
              + model.outputs().keySet()
              + ", not a generator from noise, and a label if there are classes, to samples; call"
              + " it in Java by Predictor.of(ModelFile.load(…))");
    }
    return this;
  }

  /** Whether it makes images of images. */
  public boolean translates() {
    return latent.equals(Optional.of(Latent.none()));
  }

  /** Whether its noise is uniform. */
  public boolean fillsACube() {
    return latent
        .flatMap(LatentTypes::describe)
        .filter(described -> "uniform_latent".equals(described.get("type")))
        .isPresent();
  }

  /** Whether it makes images, and not points or the like. */
  public boolean makesImages() {
    return model.output().spec().shape().rank() == 4;
  }

  /** Whether it is told a class. */
  public boolean isToldClasses() {
    return model.inputs().size() == 2;
  }

  /**
   * Noise of a seed, the same that the trainer of this generator takes: (count, …). Standard normal
   * numbers where it is not known what noise is like.
   */
  public INDArray noise(int count, long seed) {
    TensorSpec spec = model.inputs().values().asList().get(0).spec();
    Latent known = latent.orElseGet(() -> Latent.normal(spec.shape().sample().toArray()));
    return known.sample(CounterRandom.of(seed), count, spec.dtype());
  }

  /**
   * Samples of noise.
   *
   * @param predictor of the model
   * @param labels one for each sample, if it is told classes
   * @return a new array (count, …)
   */
  public INDArray sample(Predictor predictor, INDArray noise, int... labels) {
    List<String> names = model.inputs().keySet().asList();
    Map<String, INDArray> inputs = new HashMap<>(Map.of(names.get(0), noise));
    if (isToldClasses()) {
      inputs.put(names.get(1), Nd4j.createFromArray(labels));
    }
    return predictor.predict(inputs).values().iterator().next();
  }

  /**
   * The numbers of classes.
   *
   * @param asked names or numbers
   * @throws IllegalArgumentException if one is neither; says which there are
   */
  public List<Integer> classNumbers(List<String> asked) {
    return asked.stream().map(this::classNumber).toList();
  }

  private int classNumber(String asked) {
    String text = asked.strip();
    Integer number =
        names.contains(text) ? Integer.valueOf(names.indexOf(text)) : Ints.tryParse(text);
    if (number == null) {
      throw new IllegalArgumentException(
          "class \""
              + text
              + (names.isEmpty()
                  ? "\" is no number, and the classes of this generator have no names"
                  : "\" is neither a number nor one of " + names));
    }
    return number;
  }

  /**
   * A class for each of some samples: those that were asked for in turn, or all in turn.
   *
   * @param asked may be empty
   * @throws IllegalArgumentException if one is no class, or there are no classes
   */
  public int[] labels(List<Integer> asked, int count) {
    if (!isToldClasses() && !asked.isEmpty()) {
      throw new IllegalArgumentException("the generator is not told classes; leave --class out");
    }
    for (int label : asked) {
      if (label < 0 || classes > 0 && label >= classes) {
        throw new IllegalArgumentException(
            "class " + label + " is not in [0, " + (classes > 0 ? classes : "…") + ")");
      }
    }
    int all = Math.max(1, classes);
    return IntStream.range(0, count)
        .map(i -> asked.isEmpty() ? i % all : asked.get(i % asked.size()))
        .toArray();
  }

  private static JsonNode facts(Path file) {
    if (!Files.isRegularFile(file)) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode facts = JSON.readTree(Files.readString(file));
      if (facts.path("version").asInt() > VERSION) {
        throw new DataFileException(
            file.toString(), "was written by a newer version; take that one");
      }
      return facts;
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + "); delete it", e);
    }
  }

  private static Optional<Latent> latent(JsonNode facts, Path file) {
    if (!facts.has("latent")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LatentTypes.of(
              JSON.convertValue(facts.get("latent"), new TypeReference<Map<String, Object>>() {})));
    } catch (IllegalArgumentException e) {
      throw new DataFileException(
          file.toString(), "holds another latent (" + e.getMessage() + ")", e);
    }
  }
}
