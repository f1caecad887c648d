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

  Permute(Config config) {
    super(config);
  }

  /**
   * A layer that orders axes.
   *
   * @param axes for each axis after it, which one it was, counted with the batch as 0
   */
  public static Permute axes(int... axes) {
    List<Integer> order = List.copyOf(Ints.asList(axes));
    if (!order.stream()
        .sorted()
        .toList()
        .equals(IntStream.rangeClosed(1, axes.length).boxed().toList())) {
      throw new IllegalArgumentException(
          "axes are not an order of 1 to " + axes.length + ": " + order);
    }
    return new Permute(Config.empty().with("axes", order));
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    List<Integer> axes = config().integers("axes");
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
            IntStream.concat(
                    IntStream.of(0), config().integers("axes").stream().mapToInt(axis -> axis))
                .toArray());
  }
}
