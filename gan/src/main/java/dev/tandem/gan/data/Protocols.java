package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The toy mixtures of the literature, as their authors' programs sample them.
 *
 * <ul>
 *   <li>{@code ring8-pacgan}, {@code grid25-pacgan}: PacGAN, arXiv 1712.04086
 *   <li>{@code ring8-unrolled}: Unrolled GAN, arXiv 1611.02163. Its eight angles run from 0 to 2π
 *       with both ends, so that there are seven places, one of them with double weight
 *   <li>{@code ring8-d2gan}: D2GAN, arXiv 1709.03831; its .02 is a variance
 *   <li>{@code ring8-wgangp}, {@code grid25-wgangp}: WGAN-GP, arXiv 1704.00028, scaled to about
 *       unit variance
 *   <li>{@code grid25-bourgan}: BourGAN, arXiv 1805.07674
 *   <li>{@code ring10-presgan}: PresGAN, arXiv 1910.04302
 * </ul>
 */
final class Protocols {

  private static final double UNROLLED_PLACES = 7;

  private static final ImmutableMap<String, Function<String, Mixture>> ALL =
      ImmutableMap.<String, Function<String, Mixture>>builder()
          .put("ring8-pacgan", name -> Mixture.uniform(name, ring(8, 1), 0.01))
          .put("grid25-pacgan", name -> Mixture.uniform(name, grid(2), 0.05))
          .put("ring8-unrolled", Protocols::unrolled)
          .put("ring8-d2gan", name -> Mixture.uniform(name, ring(8, 2), Math.sqrt(0.02)))
          .put("ring8-wgangp", name -> Mixture.uniform(name, ring(8, 2 / 1.414), 0.02 / 1.414))
          .put("grid25-wgangp", name -> Mixture.uniform(name, grid(2 / 2.828), 0.05 / 2.828))
          .put("grid25-bourgan", name -> Mixture.uniform(name, grid(2), 0.1))
          .put("ring10-presgan", name -> Mixture.uniform(name, ring(10, 3), 0.05))
          .build();

  private Protocols() {}

  static ImmutableSet<String> names() {
    return ALL.keySet();
  }

  static Mixture mixture(String name) {
    Function<String, Mixture> protocol = ALL.get(name);
    if (protocol == null) {
      throw new IllegalArgumentException(
          "there is no mixture \"" + name + "\"; there are " + String.join(", ", ALL.keySet()));
    }
    return protocol.apply(name);
  }

  private static Mixture unrolled(String name) {
    double[] weights = new double[(int) UNROLLED_PLACES];
    Arrays.fill(weights, 1 / (UNROLLED_PLACES + 1));
    weights[0] *= 2;
    return new Mixture(
        name,
        ImmutableList.copyOf(ring((int) UNROLLED_PLACES, 1)),
        ImmutableDoubleArray.copyOf(weights),
        0.01);
  }

  /** Points on a circle, the first one at angle 0. */
  private static List<ImmutableDoubleArray> ring(int count, double radius) {
    List<ImmutableDoubleArray> means = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * i / count;
      means.add(ImmutableDoubleArray.of(radius * Math.cos(angle), radius * Math.sin(angle)));
    }
    return means;
  }

  /** Five by five points around the origin. */
  private static List<ImmutableDoubleArray> grid(double spacing) {
    List<ImmutableDoubleArray> means = new ArrayList<>();
    for (int x = -2; x <= 2; x++) {
      for (int y = -2; y <= 2; y++) {
        means.add(ImmutableDoubleArray.of(spacing * x, spacing * y));
      }
    }
    return means;
  }
}
