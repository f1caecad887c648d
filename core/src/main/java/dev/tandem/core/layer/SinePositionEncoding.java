package dev.tandem.core.layer;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sines and cosines added to each step by its place (Vaswani et al., 2017, arXiv:1706.03762): to
 * feature 2i of step p is added {@code sin(p / wavelength^(2i / features))}, to feature 2i + 1 the
 * cosine of the same; (batch, steps, features) to the same shape. No weights.
 */
public final class SinePositionEncoding extends SimpleLayer<SinePositionEncoding> {

  private static final Setting<Double> WAVELENGTH =
      Setting.number("wavelength").otherwise(10_000.0).checked(Check::aboveZero);

  SinePositionEncoding(LayerSettings settings) {
    super(settings);
  }

  /** A layer of wavelengths up to 10,000 · 2π. */
  public static SinePositionEncoding of() {
    return new SinePositionEncoding(LayerSettings.none());
  }

  /** What the longest wavelength is in units of 2π, above 0; 10,000 unless set. */
  public SinePositionEncoding wavelength(double longest) {
    return set(WAVELENGTH, longest);
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 3, "(batch, steps, features)", "insert a Reshape");
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    int steps = Math.toIntExact(x.shape().size(1));
    int features = Math.toIntExact(x.shape().size(2));
    double[] numbers = new double[steps * features];
    for (int i = 0; i < numbers.length; i++) {
      int feature = i % features;
      double exponent = feature / 2 * 2.0 / features;
      double angle = i / features / Math.pow(get(WAVELENGTH), exponent);
      numbers[i] = feature % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
    Backend.require();
    INDArray array = Nd4j.create(numbers, new long[] {1, steps, features}, 'c');
    return ops.add(x, ops.constant(array.castTo(x.dtype())));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
