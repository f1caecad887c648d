package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Batch normalization in which a sample's class chooses gamma and beta (Dumoulin et al., 2016,
 * arXiv:1610.07629; de Vries et al., 2017, arXiv:1707.00683): (batch, …, features) and the classes,
 * int32 or int64 (batch) in [0, classes), to the first's shape; other classes are refused when they
 * are fed. Weights: gamma, beta, (classes, features) each, and as state moving_mean and
 * moving_variance, (features) each.
 *
 * <p>Statistics are those of all classes together; they are taken, moved and left alone as those of
 * {@link BatchNormalization} are.
 */
public final class ConditionalBatchNormalization
    extends StandardLayer<ConditionalBatchNormalization> implements BatchStatistics {

  private static final Setting<Integer> CLASSES =
      Setting.integer("classes").called("number of classes").checked(Check::positive);
  private static final Setting<Double> EPSILON =
      Setting.number("epsilon").otherwise(1e-3).checked(Check::aboveZero);

  private @Nullable Weight gamma;
  private @Nullable Weight beta;
  private @Nullable MovingStatistics moving;

  ConditionalBatchNormalization(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer that normalizes.
   *
   * @param classes the number of classes, 0 to classes - 1
   */
  public static ConditionalBatchNormalization classes(int classes) {
    return new ConditionalBatchNormalization(LayerSettings.of(CLASSES, classes));
  }

  /** What is kept of the moving statistics in a step, in [0, 1); 0.99 unless set. */
  public ConditionalBatchNormalization momentum(double momentum) {
    return set(MovingStatistics.MOMENTUM, momentum);
  }

  /** What is added to the variance, above 0; 0.001 unless set. */
  public ConditionalBatchNormalization epsilon(double epsilon) {
    return set(EPSILON, epsilon);
  }

  /** As {@link BatchNormalization#frozenUsesBatchStatistics}; false unless set. */
  public ConditionalBatchNormalization frozenUsesBatchStatistics(boolean batchStatistics) {
    return set(MovingStatistics.ALSO_FROZEN, batchStatistics);
  }

  @Override
  public boolean frozenUsesBatchStatistics() {
    return get(MovingStatistics.ALSO_FROZEN);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    TensorSpec input = inputs.get(0);
    Shape table = Shape.of(get(CLASSES), input.shape().size(-1));
    gamma = parameter("gamma", table, input.dtype(), Initializers.ones(), null);
    beta = parameter("beta", table, input.dtype(), Initializers.zeros(), null);
    moving = MovingStatistics.declare(this, input);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 2) {
      throw reject(
          "takes two inputs, what to normalize and the classes",
          inputs.size() + " of them",
          "give it both");
    }
    TensorSpec input = inputs.get(0);
    TensorSpec label = inputs.get(1);
    if (input.shape().rank() < 2 || !input.dtype().isFPType()) {
      throw reject("normalizes float input (batch, …, features)", input, "give it that first");
    }
    boolean integers = label.dtype() == DataType.INT32 || label.dtype() == DataType.INT64;
    if (label.shape().rank() != 1 || !integers) {
      throw reject(
          "takes classes as int32 or int64 (batch)",
          label,
          "give it class numbers as its second input, not ones and zeros");
    }
    return List.of(input);
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value x = inputs.get(0);
    Value factor = chosen(forward, gamma, inputs);
    Value term = chosen(forward, beta, inputs);
    double epsilon = get(EPSILON);
    MovingStatistics statistics = Objects.requireNonNull(moving);
    if (!MovingStatistics.giveWay(forward, settings())) {
      return List.of(statistics.normalized(forward, x, factor, term, epsilon));
    }
    TensorSpec features = x.spec().withShape(Shape.of(x.shape().size(-1)));
    Normalized batch =
        NormOps.batchNorm(ops, x, ops.fill(1, features), ops.fill(0, features), epsilon);
    statistics.follow(forward, batch, settings());
    return List.of(ops.add(ops.multiply(batch.y(), factor), term));
  }

  /** The rows of a table that the classes name, for each sample everywhere. */
  private static Value chosen(LayerCall forward, @Nullable Weight table, List<Value> inputs) {
    Ops ops = forward.ops();
    Value rows = ArrayOps.gather(ops, forward.weight(Objects.requireNonNull(table)), inputs.get(1));
    return PerSample.everywhere(ops, rows, inputs.get(0));
  }
}
