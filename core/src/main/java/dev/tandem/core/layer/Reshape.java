package dev.tandem.core.layer;

import com.google.common.primitives.Ints;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * The same elements with other axes: {@code Reshape.of(7, 7, 64)} takes (batch, 3136) to (batch, 7,
 * 7, 64). The batch stays. No weights.
 */
public final class Reshape extends SimpleLayer<Reshape> {

  private static final Setting<List<Integer>> SAMPLE =
      Setting.integers("sample").checked((what, sizes) -> requireSizes(sizes));

  private static final int REST = -1;

  Reshape(LayerSettings settings) {
    super(settings);
  }

  /**
   * A layer that gives samples this shape.
   *
   * @param sample at least 1 each; one of them may be -1, for what is left
   */
  public static Reshape of(int... sample) {
    return new Reshape(LayerSettings.of(SAMPLE, Ints.asList(sample)));
  }

  private static void requireSizes(List<Integer> sizes) {
    if (sizes.stream().filter(size -> size == REST).count() > 1) {
      throw new IllegalArgumentException("more than one size is left open: " + sizes);
    }
    sizes.stream().filter(size -> size != REST).forEach(size -> Check.positive("size", size));
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
    long length = input.sample().length();
    List<Integer> sizes = get(SAMPLE);
    long known =
        sizes.stream()
            .filter(size -> size != REST)
            .mapToLong(size -> size)
            .reduce(1, Math::multiplyExact);
    boolean fits = sizes.contains(REST) ? length % known == 0 : length == known;
    if (!fits) {
      throw reject(
          "makes samples "
              + describe(sizes)
              + " of "
              + (sizes.contains(REST) ? "a multiple of " : "")
              + known
              + " numbers",
          input,
          "make their numbers fit");
    }
    long[] all = sizes.stream().mapToLong(size -> size == REST ? length / known : size).toArray();
    return Shape.of(all).prepend(input.size(0));
  }

  private static String describe(List<Integer> sizes) {
    return sizes.toString().replace('[', '(').replace(']', ')');
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().reshape(x, output(x.shape()));
  }
}
