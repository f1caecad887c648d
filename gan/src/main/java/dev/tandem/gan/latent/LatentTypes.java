package dev.tandem.gan.latent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Latents by the names under which saved runs know them, which never change. */
public final class LatentTypes {

  private static final String TYPE = "type";
  private static final String SHAPE = "shape";

  private static final ImmutableMap<String, Class<? extends Record>> ALL =
      ImmutableMap.of(
          "no_latent", NoLatent.class,
          "normal_and_signs", NormalAndSigns.class,
          "normal_latent", NormalLatent.class,
          "uniform_latent", UniformLatent.class);

  private LatentTypes() {}

  /**
   * A latent of this library as a name and numbers, for files beside a saved generator.
   *
   * @return empty if it is a latent of another kind
   */
  public static Optional<ImmutableMap<String, Object>> describe(Latent latent) {
    if (latent instanceof NormalLatent normal) {
      return Optional.of(ImmutableMap.of(TYPE, "normal_latent", SHAPE, sizes(normal)));
    }
    if (latent instanceof UniformLatent uniform) {
      return Optional.of(
          ImmutableMap.of(
              TYPE,
              "uniform_latent",
              SHAPE,
              sizes(uniform),
              "low",
              uniform.low(),
              "high",
              uniform.high()));
    }
    if (latent instanceof NormalAndSigns both) {
      return Optional.of(
          ImmutableMap.of(
              TYPE, "normal_and_signs", "normals", both.normals(), "signs", both.signs()));
    }
    return latent instanceof NoLatent
        ? Optional.of(ImmutableMap.of(TYPE, "no_latent"))
        : Optional.empty();
  }

  private static ImmutableList<Long> sizes(Latent latent) {
    return LongStream.of(latent.shape().toArray()).boxed().collect(ImmutableList.toImmutableList());
  }

  /**
   * The latent of a description.
   *
   * @throws IllegalArgumentException if there is no such latent
   */
  public static Latent of(Map<String, ?> description) {
    Object type = description.get(TYPE);
    return switch (String.valueOf(type)) {
      case "normal_latent" -> Latent.normal(shape(description));
      case "uniform_latent" ->
          Latent.uniform(
              number(description, "low").doubleValue(),
              number(description, "high").doubleValue(),
              shape(description));
      case "normal_and_signs" ->
          Latent.normalAndSigns(
              number(description, "normals").intValue(), number(description, "signs").intValue());
      case "no_latent" -> Latent.none();
      default -> throw new IllegalArgumentException("there is no latent of type " + type);
    };
  }

  private static long[] shape(Map<String, ?> description) {
    if (!(description.get(SHAPE) instanceof List<?> sizes)
        || !sizes.stream().allMatch(Number.class::isInstance)) {
      throw new IllegalArgumentException("a latent of " + description + " has no shape");
    }
    return sizes.stream().mapToLong(size -> ((Number) size).longValue()).toArray();
  }

  private static Number number(Map<String, ?> description, String name) {
    if (!(description.get(name) instanceof Number number)) {
      throw new IllegalArgumentException("a latent of " + description + " has no number " + name);
    }
    return number;
  }

  /** Record types by name. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    return ALL;
  }
}
