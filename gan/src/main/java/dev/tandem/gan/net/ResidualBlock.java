package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.relu;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.initializer.VarianceScaling;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.AveragePooling2D;
import dev.tandem.core.layer.UpSampling2D;
import java.util.Objects;

/**
 * The residual block of SNGAN (Miyato et al., 2018, arXiv:1802.05957): {@code ResidualBlock.up(256)
 * .normalized(Norm.BATCH).apply("block0", x)} is norm, relu, convolution, norm, relu, convolution,
 * and beside them a convolution of 1 × 1, or nothing where sizes and channels stay; then the sum.
 * Images are doubled before the first convolution (each pixel four times) or halved behind the
 * second (means of four).
 *
 * <p>It is no layer: it owns nothing, and calls layers that files, summaries and selections see by
 * their names, {@code block0_conv0} and so on. Each {@code apply} makes new ones.
 *
 * @param filters of the sum
 * @param resampling what happens to rows and columns
 * @param norm in front of each relu
 * @param spectral whether kernels have spectral normalization
 * @param first whether it stands on an image: nothing comes before its first convolution
 */
public record ResidualBlock(
    int filters, Resampling resampling, Normalizer norm, boolean spectral, boolean first) {

  /** The change of rows and columns. */
  public enum Resampling {
    /** They are doubled; inside are as many channels as come out. */
    UP,
    /** They stay; inside are as many channels as come in. */
    NONE,
    /** They are halved; inside are as many channels as come in. */
    DOWN
  }

  /** With a variance of 2 / fan, and of 1 / fan beside. */
  private static final Initializer FIRST =
      new VarianceScaling(2, VarianceScaling.Fan.AVERAGE, VarianceScaling.Distribution.UNIFORM);

  /** Checks the number of filters. */
  public ResidualBlock {
    Sizes.positive("number of filters", filters);
    Objects.requireNonNull(resampling, "resampling");
    Objects.requireNonNull(norm, "norm");
  }

  /** A block that doubles rows and columns, without norm. */
  public static ResidualBlock up(int filters) {
    return new ResidualBlock(filters, Resampling.UP, Norm.NONE, false, false);
  }

  /** A block that halves rows and columns, without norm. */
  public static ResidualBlock down(int filters) {
    return new ResidualBlock(filters, Resampling.DOWN, Norm.NONE, false, false);
  }

  /** A block that keeps rows and columns, without norm. */
  public static ResidualBlock flat(int filters) {
    return new ResidualBlock(filters, Resampling.NONE, Norm.NONE, false, false);
  }

  /** The same with a norm in front of each relu. */
  public ResidualBlock normalized(Normalizer by) {
    return new ResidualBlock(filters, resampling, by, spectral, first);
  }

  /** The same with or without spectral normalization of its kernels. */
  public ResidualBlock spectral(boolean normalizes) {
    return new ResidualBlock(filters, resampling, norm, normalizes, first);
  }

  /** The same for an image: no norm and no relu in front, as many channels inside as come out. */
  public ResidualBlock onImage() {
    return new ResidualBlock(filters, resampling, norm, spectral, true);
  }

  /**
   * The output of a new block.
   *
   * @param name what the names of its layers begin with
   * @param x (batch, height, width, channels)
   * @return (batch, rows, columns, filters)
   */
  public SymbolicTensor apply(String name, SymbolicTensor x) {
    int channels = (int) x.shape().size(-1);
    int inside = first || resampling == Resampling.UP ? filters : channels;
    NamedLayers named = named(name, FIRST);
    SymbolicTensor y = first ? x : NamedLayers.active(norm.apply(named.name("norm0"), x), relu());
    if (resampling == Resampling.UP) {
      y = UpSampling2D.size(2).apply(y);
    }
    y = named.apply(named.conv("conv0", inside, 3), y);
    y = NamedLayers.active(norm.apply(named.name("norm1"), y), relu());
    y = named.apply(named.conv("conv1", filters, 3), y);
    if (resampling == Resampling.DOWN) {
      y = halved(y);
    }
    return Add.of().apply(y, beside(name, x));
  }

  /** Its convolution walks the smaller of both images, which makes no difference. */
  private SymbolicTensor beside(String name, SymbolicTensor x) {
    if (resampling == Resampling.NONE && x.shape().size(-1) == filters) {
      return x;
    }
    NamedLayers named = named(name, Initializers.glorotUniform());
    SymbolicTensor smaller = resampling == Resampling.DOWN ? halved(x) : x;
    SymbolicTensor y = named.apply(named.conv("beside", filters, 1), smaller);
    return resampling == Resampling.UP ? UpSampling2D.size(2).apply(y) : y;
  }

  private static SymbolicTensor halved(SymbolicTensor x) {
    return AveragePooling2D.window(2).apply(x);
  }

  private NamedLayers named(String name, Initializer initializer) {
    return spectral
        ? NamedLayers.spectral(name, initializer)
        : NamedLayers.plain(name, initializer);
  }
}
