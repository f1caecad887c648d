package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of one step by name: inputs, targets, and weights of samples. The name of the only
 * input or output may be left out.
 *
 * @param inputs (batch, …) each
 * @param targets (batch, …) each, by output
 * @param weights (batch) each, by output
 */
public record Examples(
    ImmutableMap<String, INDArray> inputs,
    ImmutableMap<String, INDArray> targets,
    ImmutableMap<String, INDArray> weights) {

  /** The prefix of sample weights in a data set: {@code weights:} and the output's name. */
  public static final String WEIGHTS = "weights:";

  /** An input and its target. */
  public static Examples of(INDArray input, INDArray target) {
    return new Examples(
        Given.only("input", input), Given.only("target", target), ImmutableMap.of());
  }

  /** An input without a target: for losses that need none. */
  public static Examples of(INDArray input) {
    return new Examples(Given.only("input", input), ImmutableMap.of(), ImmutableMap.of());
  }

  /** Inputs by name, without targets. */
  public static Examples of(Map<String, INDArray> inputs) {
    return new Examples(Given.all("input", inputs), ImmutableMap.of(), ImmutableMap.of());
  }

  /** Inputs and targets by name. */
  public static Examples of(Map<String, INDArray> inputs, Map<String, INDArray> targets) {
    return new Examples(
        Given.all("input", inputs), Given.all("target", targets), ImmutableMap.of());
  }

  /** A batch of a data set; its targets named {@code weights:…} are sample weights. */
  public static Examples of(Batch batch) {
    return of(batch.inputs(), batch.targets());
  }

  /** All rows of a data set at once. */
  static Examples of(Dataset data) {
    return of(data.inputs(), data.targets());
  }

  private static Examples of(
      ImmutableMap<String, INDArray> inputs, ImmutableMap<String, INDArray> named) {
    Map<String, INDArray> targets = new LinkedHashMap<>();
    Map<String, INDArray> weights = new LinkedHashMap<>();
    named.forEach(
        (name, array) -> {
          if (name.startsWith(WEIGHTS)) {
            weights.put(name.substring(WEIGHTS.length()), array);
          } else {
            targets.put(name, array);
          }
        });
    return new Examples(inputs, ImmutableMap.copyOf(targets), ImmutableMap.copyOf(weights));
  }

  /** The same with one more input. */
  public Examples input(String name, INDArray array) {
    return new Examples(with("input", inputs, name, array), targets, weights);
  }

  /** The same with one more target. */
  public Examples target(String output, INDArray array) {
    return new Examples(inputs, with("target", targets, output, array), weights);
  }

  /** The same with weights of the samples for the only output. */
  public Examples weights(INDArray array) {
    return weights(Training.ONLY, array);
  }

  /** The same with weights of the samples for an output. */
  public Examples weights(String output, INDArray array) {
    return new Examples(inputs, targets, with("sample weight", weights, output, array));
  }

  private static ImmutableMap<String, INDArray> with(
      String what, ImmutableMap<String, INDArray> map, String name, INDArray array) {
    Map<String, INDArray> all = new LinkedHashMap<>(map);
    all.put(name, array);
    return Given.all(what, all);
  }
}
