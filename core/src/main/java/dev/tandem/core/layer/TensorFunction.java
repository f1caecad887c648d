package dev.tandem.core.layer;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Tensors}: a function that files know by its name. Its output shape is found as
 * a {@link Lambda}'s is. No weights.
 */
final class TensorFunction extends StandardLayer<TensorFunction> {

  static final Setting<Double> FACTOR = Setting.number("factor").otherwise(1.0);
  static final Setting<Double> TERM = Setting.number("term").otherwise(0.0);
  static final Setting<List<Integer>> AXES = Setting.integers("axes");
  static final Setting<Double> EPSILON = Setting.number("epsilon").otherwise(0.0);
  static final Setting<List<Integer>> SAMPLE = Setting.integers("sample");

  /** What is computed; names are part of the format of files. */
  enum Kind {
    ADD("sum", 2, (ops, in, settings) -> ops.add(in.get(0), in.get(1))),
    SUBTRACT("difference", 2, (ops, in, settings) -> ops.subtract(in.get(0), in.get(1))),
    MULTIPLY("product", 2, (ops, in, settings) -> ops.multiply(in.get(0), in.get(1))),
    SCALE("scale", 1, (ops, in, settings) -> ops.scale(in.get(0), settings.get(FACTOR))),
    SHIFT("shift", 1, (ops, in, settings) -> ops.shift(in.get(0), settings.get(TERM))),
    SQUARE("square", 1, (ops, in, settings) -> ops.square(in.get(0))),
    SQRT("sqrt", 1, (ops, in, settings) -> ops.sqrt(in.get(0))),
    SOFTPLUS("softplus", 1, (ops, in, settings) -> ActivationOps.softplus(ops, in.get(0))),
    MEAN("mean", 1, (ops, in, settings) -> ops.mean(in.get(0))),
    SUM("sum", 1, (ops, in, settings) -> ops.sum(in.get(0), false, ints(settings, AXES))),
    NORM("norm", 1, (ops, in, settings) -> norm(ops, in.get(0), settings.get(EPSILON))),
    STOP_GRADIENT("stop_gradient", 1, (ops, in, settings) -> ops.stopGradient(in.get(0))),
    RANDOM_NORMAL(
        "random_normal",
        1,
        (ops, in, settings) -> RandomOps.normal(ops, rows(in.get(0), settings))),
    RANDOM_UNIFORM(
        "random_uniform",
        1,
        (ops, in, settings) -> RandomOps.uniform(ops, rows(in.get(0), settings))),
    GRADIENTS("gradients", 2, (ops, in, settings) -> gradients(ops, in.get(0), in.get(1)));

    private final String label;
    private final int inputs;
    private final Code code;

    Kind(String label, int inputs, Code code) {
      this.label = label;
      this.inputs = inputs;
      this.code = code;
    }

    /** As in {@code Tensors.stopGradient}. */
    String typeName() {
      String words = name().toLowerCase(Locale.ROOT);
      StringBuilder camel = new StringBuilder("Tensors.");
      for (int i = 0; i < words.length(); i++) {
        boolean begins = i > 0 && words.charAt(i - 1) == '_';
        char letter = words.charAt(i);
        if (letter != '_') {
          camel.append(begins ? Character.toUpperCase(letter) : letter);
        }
      }
      return camel.toString();
    }
  }

  private interface Code {
    Value write(Ops ops, List<Value> inputs, LayerSettings settings);
  }

  private final Kind kind;
  private final Tracing tracing = new Tracing();

  TensorFunction(Kind kind, LayerSettings settings) {
    super(settings);
    this.kind = kind;
  }

  private static int[] ints(LayerSettings settings, Setting<List<Integer>> key) {
    return settings.get(key).stream().mapToInt(Integer::intValue).toArray();
  }

  private static TensorSpec rows(Value like, LayerSettings settings) {
    return Sampling.spec(like, IntStream.of(ints(settings, SAMPLE)).asLongStream().toArray());
  }

  private static Value norm(Ops ops, Value x, double epsilon) {
    int[] axes = IntStream.range(1, x.rank()).toArray();
    return ops.sqrt(ops.shift(ops.sum(ops.square(x), false, axes), epsilon));
  }

  private static Value gradients(Ops ops, Value of, Value wrt) {
    List<Value> ones = List.of(ops.fill(1, of.spec()));
    return Gradients.of(ops, List.of(of), ones, List.of(wrt)).get(0);
  }

  @Override
  public String typeName() {
    return kind.typeName();
  }

  @Override
  public String kind() {
    return kind.label;
  }

  private Value write(Ops ops, List<Value> inputs) {
    return kind.code.write(ops, inputs, settings());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != kind.inputs) {
      throw reject(
          "takes " + kind.inputs + (kind.inputs == 1 ? " input" : " inputs"),
          inputs.size() + " of them",
          "call it through Tensors");
    }
    return List.of(tracing.output(this, inputs, this::write));
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return switch (kind) {
      case ADD, SUBTRACT, MULTIPLY ->
          Collections.singletonList(StepMasks.either(this, ops, inputs, masks));
      case SCALE, SHIFT, SQUARE, SQRT, SOFTPLUS, STOP_GRADIENT -> masks;
      case RANDOM_NORMAL, RANDOM_UNIFORM, GRADIENTS -> StepMasks.none(1);
      case MEAN, SUM, NORM -> super.masks(ops, inputs, masks);
    };
  }

  @Override
  List<TensorSpec> promised(List<TensorSpec> inputs) {
    return tracing.promised(inputs).map(List::of).orElseGet(() -> outputs(inputs));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(write(forward.ops(), inputs));
  }
}
