package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor and the class of each sample to one tensor: behind the last axis come, at every place,
 * ones and zeros that tell the class (Mirza, Osindero, 2014, arXiv:1411.1784). (batch, …, channels)
 * and int32 (batch) to (batch, …, channels + classes). No weights.
 */
public final class ClassConcatenation extends StandardLayer<ClassConcatenation> {

  private static final Setting<Integer> CLASSES =
      Setting.integer("classes").called("number of classes").checked(Check::positive);

  ClassConcatenation(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer for so many classes.
   *
   * @param classes at least 1; labels are below
   */
  public static ClassConcatenation classes(int classes) {
    return new ClassConcatenation(LayerSettings.of(CLASSES, classes));
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    boolean fits =
        inputs.size() == 2
            && inputs.get(0).shape().rank() >= 2
            && inputs.get(0).dtype().isFPType()
            && inputs.get(1).shape().rank() == 1
            && inputs.get(1).dtype().isIntType();
    if (!fits) {
      throw reject(
          "expects floats (batch, …, channels) and integer labels (batch)",
          inputs,
          "give it these two");
    }
    TensorSpec x = inputs.get(0);
    long channels = x.shape().size(-1) + get(CLASSES);
    return List.of(x.withShape(x.shape().with(-1, channels)));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value x = inputs.get(0);
    int classes = get(CLASSES);
    Value hot = ArrayOps.oneHot(ops, inputs.get(1), classes, x.dtype());
    Shape everywhere = x.shape().with(-1, classes);
    long[] once = everywhere.toArray();
    Arrays.fill(once, 1, once.length - 1, 1);
    return List.of(ops.concat(-1, List.of(x, ops.broadcastTo(ops.reshape(hot, once), everywhere))));
  }
}
