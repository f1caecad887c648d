package dev.tandem.core.layer;

import com.google.common.primitives.Ints;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The axes of a sample in another order: {@code Permute.axes(2, 1)} takes (batch, a, b) to (batch,
 * b, a). The batch stays. No weights.
 */
public final class Permute extends SimpleLayer<Permute> {

  private static final Setting<List<Integer>> AXES =
      Setting.integers("axes").checked(Permute::requireOrder);

  Permute(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer that orders axes.
   *
   * @param axes for each axis after it, which one it was, counted with the batch as 0
   */
  public static Permute axes(int... axes) {
    return new Permute(LayerSettings.of(AXES, Ints.asList(axes)));
  }

  private static void requireOrder(String what, List<Integer> order) {
    if (!order.stream()
        .sorted()
        .toList()
        .equals(IntStream.rangeClosed(1, order.size()).boxed().toList())) {
      throw new IllegalArgumentException(
          what + " are not an order of 1 to " + order.size() + ": " + order);
    }
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    List<Integer> axes = get(AXES);
    if (input.rank() != axes.size() + 1) {
      throw reject(
          "orders axes " + axes + " and expects rank " + (axes.size() + 1) + " input",
          input,
          "name each axis but the batch");
    }
    return Shape.of(
        LongStream.concat(LongStream.of(input.size(0)), axes.stream().mapToLong(input::size))
            .toArray());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward
        .ops()
        .permute(
            x,
            IntStream.concat(IntStream.of(0), get(AXES).stream().mapToInt(axis -> axis)).toArray());
  }
}
