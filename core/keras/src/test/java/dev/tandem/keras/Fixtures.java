package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The files that {@code make_fixtures.py}, {@code make_steps.py} and {@code make_masked.py} wrote,
 * and what models of them are to predict.
 */
final class Fixtures {

  /** By how much outputs may differ from those that NumPy computed in float64. */
  static final double TOLERANCE = 1e-5;

  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Fixtures.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode expected(String name) {
    try {
      return new ObjectMapper().readTree(file(name + ".expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static INDArray array(JsonNode node) {
    double[] values = new double[node.get("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get("values").get(i).doubleValue();
    }
    long[] shape = new long[node.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get("shape").get(i).longValue();
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** The inputs of a model, of the types that it takes. */
  static Map<String, INDArray> inputs(String name, Model model) {
    ImmutableMap.Builder<String, INDArray> inputs = ImmutableMap.builder();
    expected(name)
        .get("inputs")
        .properties()
        .forEach(
            entry -> {
              DataType type = model.inputs().get(entry.getKey()).spec().dtype();
              inputs.put(entry.getKey(), array(entry.getValue()).castTo(type));
            });
    return inputs.buildOrThrow();
  }

  /** An array that is stored beside inputs and outputs. */
  static INDArray array(String name, String key) {
    return array(expected(name).get(key));
  }

  /** A number under two names. */
  static double number(String name, String group, String key) {
    return expected(name).get(group).get(key).doubleValue();
  }

  /** The arrays under two names. */
  static Map<String, INDArray> arrays(String name, String group, String key) {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    expected(name)
        .get(group)
        .get(key)
        .properties()
        .forEach(entry -> arrays.put(entry.getKey(), array(entry.getValue())));
    return arrays.buildOrThrow();
  }

  /** The number of a model's weights, as Keras counts them. */
  static long params(String name) {
    return expected(name).get("params").longValue();
  }

  /** Asserts that a model predicts what NumPy computed. */
  static void assertPredicts(Model model, String name, boolean keras2) {
    List<INDArray> outputs = outputs(model, name);
    JsonNode expected = expected(name).get(keras2 ? "outputs_keras2" : "outputs");
    assertThat(outputs).hasSize(expected.size());
    for (int i = 0; i < outputs.size(); i++) {
      INDArray wanted = array(expected.get(i));
      INDArray given = outputs.get(i).castTo(DataType.DOUBLE);
      assertThat(given.shape()).isEqualTo(wanted.shape());
      assertThat(given.sub(wanted).amaxNumber().doubleValue())
          .as("output %d: %s for %s", i, given, wanted)
          .isLessThan(TOLERANCE);
      assertThat(wanted.amaxNumber().doubleValue()).isGreaterThan(0.05);
    }
  }

  static List<INDArray> outputs(Model model, String name) {
    try (Predictor predictor = Predictor.of(model)) {
      return new ArrayList<>(predictor.predict(inputs(name, model)).values());
    }
  }

  /** A copy of a fixture with some bytes changed or cut. */
  static Path copy(String name, Path directory, UnaryOperator<byte[]> change) {
    try {
      Path to = directory.resolve(name);
      return Files.write(to, change.apply(Files.readAllBytes(file(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a {@code .keras} fixture whose configuration is another. */
  static Path edited(String name, Path directory, UnaryOperator<String> change) {
    return repacked(
        name,
        directory,
        (entry, bytes) ->
            entry.equals("config.json")
                ? change
                    .apply(new String(bytes, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                : bytes);
  }

  /** A copy of a {@code .keras} fixture with other entries; those that become null are left out. */
  static Path repacked(
      String name, Path directory, BiFunction<String, byte[], byte @Nullable []> change) {
    Path to = directory.resolve(name);
    try (ZipFile from = new ZipFile(file(name).toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : from.stream().toList()) {
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
          bytes = change.apply(entry.getName(), in.readAllBytes());
        }
        if (bytes != null) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /** Unpacks a {@code .keras} fixture. */
  static void unpack(String name, Path directory) throws IOException {
    try (ZipFile from = new ZipFile(file(name).toFile())) {
      for (ZipEntry entry : from.stream().toList()) {
        try (InputStream in = from.getInputStream(entry)) {
          Files.copy(in, directory.resolve(entry.getName()));
        }
      }
    }
  }
}
