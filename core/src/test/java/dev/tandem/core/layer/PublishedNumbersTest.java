package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.model.Model;
import dev.tandem.core.op.SampleArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds layers whose Keras numbers are not at hand against their papers' formulas, worked out
 * element by element: Wu, He, 2018, arXiv:1803.08494, equations 1 to 7, and Miyato et al., 2018,
 * arXiv:1802.05957, algorithm 1, which is what {@code GroupNormalization} and {@code
 * SpectralNormalization} of Keras 3 compute.
 */
class PublishedNumbersTest {

  private static List<LayerSample> samples(String prefix) {
    return LayerSamples.all().stream().filter(s -> s.title().startsWith(prefix)).toList();
  }

  static List<LayerSample> groups() {
    return samples("group norm");
  }

  static List<LayerSample> spectral() {
    return samples("spectral norm of");
  }

  private static void fill(Layer layer) {
    int next = 40;
    for (Weight weight : layer.weights()) {
      weight.set(SampleArrays.normal(next++, weight.shape().toArray()));
    }
  }

  private static double[] output(Model model, List<INDArray> inputs, boolean training) {
    return Numbers.list(ModelRun.of(model, training).on(inputs).output());
  }

  @ParameterizedTest
  @MethodSource("groups")
  void groupNorm_isTheFormula(LayerSample sample) {
    Layer layer = sample.layer();
    Model model = sample.model("model", layer);
    fill(layer);
    INDArray x = sample.values(3, 2).get(0);
    double epsilon = sample.title().contains("without scale") ? 0.1 : 1e-3;

    assertThat(output(model, List.of(x), true))
        .containsExactly(grouped(layer, x, 2, epsilon), within(1e-9));
  }

  /** The set S of equation 6: what has the sample and the group of channels in common. */
  private static double[] grouped(Layer layer, INDArray x, int groups, double epsilon) {
    double[] numbers = x.dup('c').data().asDouble();
    int channels = (int) x.size(-1);
    int inSample = numbers.length / (int) x.size(0);
    double[] result = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (int k = 0; k < numbers.length; k++) {
        int size = channels / groups;
        if (k / inSample == i / inSample && k % channels / size == i % channels / size) {
          sum += numbers[k];
          squares += numbers[k] * numbers[k];
          count++;
        }
      }
      double mean = sum / count;
      double deviation = Math.sqrt(squares / count - mean * mean + epsilon);
      int channel = i % channels;
      result[i] =
          number(layer, "gamma", channel, 1) * (numbers[i] - mean) / deviation
              + number(layer, "beta", channel, 0);
    }
    return result;
  }

  private static double number(Layer layer, String weight, int index, double otherwise) {
    Optional<Weight> found =
        layer.weights().stream().filter(w -> w.name().equals(weight)).findFirst();
    return found.map(w -> w.values().getDouble(index)).orElse(otherwise);
  }

  @ParameterizedTest
  @MethodSource("spectral")
  void spectralNorm_isTheInnerLayerWithKernelsByTheAlgorithm(LayerSample sample) {
    Layer layer = sample.layer();
    Model model = sample.model("model", layer);
    fill(layer);
    Layer plain = LayerTypes.copy(layer.inner().get(0));
    Model inner = sample.model("inner", plain);
    int iterations = sample.title().contains("two iterations") ? 2 : 1;
    List<double[]> vectors = new ArrayList<>();
    for (Weight weight : plain.weights()) {
      weight.set(layer.weight(weight.name()).values());
      String vector = weight.name().equals("kernel") ? "vector_u" : "vector_u_" + weight.name();
      if (layer.weights().stream().anyMatch(w -> w.name().equals(vector))) {
        double[] u = layer.weight(vector).values().dup('c').data().asDouble();
        weight.set(weight.values().div(singular(weight.values(), u, iterations)));
        vectors.add(u);
      }
    }
    List<INDArray> inputs = sample.values(3, 2);

    assertThat(output(model, inputs, true))
        .containsExactly(output(inner, inputs, true), within(1e-9));
    List<double[]> left =
        layer.weights().stream()
            .filter(w -> !w.isParameter())
            .map(w -> w.values().dup('c').data().asDouble())
            .toList();
    assertThat(left).hasSameSizeAs(vectors).isNotEmpty();
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i)).containsExactly(vectors.get(i), within(1e-9));
    }
  }

  /** σ of a kernel as a matrix (all other axes, last axis); u is moved on in place. */
  private static double singular(INDArray kernel, double[] u, int iterations) {
    double[][] w = kernel.reshape(-1, kernel.size(-1)).toDoubleMatrix();
    double[] v = new double[w.length];
    for (int step = 0; step < iterations; step++) {
      Arrays.fill(v, 0);
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < u.length; j++) {
          v[i] += w[i][j] * u[j];
        }
      }
      divide(v);
      Arrays.fill(u, 0);
      for (int i = 0; i < w.length; i++) {
        for (int j = 0; j < u.length; j++) {
          u[j] += w[i][j] * v[i];
        }
      }
      divide(u);
    }
    double sigma = 0;
    for (int i = 0; i < w.length; i++) {
      for (int j = 0; j < u.length; j++) {
        sigma += v[i] * w[i][j] * u[j];
      }
    }
    return sigma;
  }

  private static void divide(double[] x) {
    double norm = Nd4j.createFromArray(x).norm2Number().doubleValue();
    for (int i = 0; i < x.length; i++) {
      x[i] /= norm;
    }
  }
}
