package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All axes behind the batch as one: (batch, 7, 7, 64) to (batch, 3136). No weights. */
public final class Flatten extends SimpleLayer<Flatten> {

  Flatten(LayerSettings settings) {
    super(settings);
  }

  /** A layer that flattens. */
  public static Flatten of() {
    return new Flatten(LayerSettings.none());
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    if (input.rank() == 0) {
      throw reject("expects samples (batch, …)", input, "give it a batch");
    }
    return Shape.of(input.size(0), input.sample().length());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().reshape(x, output(x.shape()));
  }

  /** Steps are gone behind it, and what their mask said. */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return StepMasks.none(1);
  }
}
