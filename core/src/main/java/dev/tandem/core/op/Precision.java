package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How exactly an engine multiplies the float32 numbers of matrix products and convolutions. It is
 * about the operands alone: products are added up in float32, results are float32, and weights,
 * their updates, norms, losses and everything else are float32 in all of them.
 */
public enum Precision {
  /** All 24 bits of the operands count. */
  FLOAT32,
  /**
   * Operands count with 11 bits, 10 of them after the point, and the range of float32: matrix units
   * of cards from capability 8.0 on.
   */
  TF32,
  /**
   * Operands are rounded to bfloat16, to the nearest and to even: 8 bits, 7 of them after the
   * point, and the range of float32. Cards from capability 8.0 on, and processors with avx512_bf16
   * or amx_bf16.
   */
  BF16;

  /**
   * That of a name, for command lines.
   *
   * @param name in any case
   * @throws IllegalArgumentException if there is none of this name; says which there are
   */
  public static Precision named(String name) {
    String wanted = String.valueOf(name).strip();
    return Arrays.stream(values())
        .filter(value -> value.name().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no precision \""
                        + name
                        + "\"; there are "
                        + String.join(
                            ", ", Arrays.stream(values()).map(Precision::text).toList())));
  }

  /** A spec with the type in which products of such operands are added up: float32 of bfloat16. */
  public static TensorSpec sums(TensorSpec operands) {
    return operands.dtype() == DataType.BFLOAT16 ? operands.withType(DataType.FLOAT) : operands;
  }

  /** The name for command lines: {@code bf16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that an engine has where it is. */
  public static List<Precision> of(Engine engine) {
    return Arrays.stream(values()).filter(value -> engine.lacks(value).isEmpty()).toList();
  }

  /**
   * Refuses an engine that does not have this precision.
   *
   * @throws IllegalArgumentException if it has not; names the engine, the reason, and what there is
   */
  public void require(Engine engine) {
    engine
        .lacks(this)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "the engine "
                      + engine
                      + " does not compute in "
                      + text()
                      + ": "
                      + reason
                      + "; here it has "
                      + String.join(", ", of(engine).stream().map(Precision::text).toList()));
            });
  }
}
