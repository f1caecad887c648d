package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation with its settings, apart from what it is applied to.
 *
 * <p>Implementations are records or constants of enums (save SameDiff code, which is compared by
 * identity): two equal ops on the same inputs are the same value, which {@link Ops} uses to record
 * it once. An op is either {@linkplain Primitive defined in SameDiff} or {@linkplain Composite
 * composed of other ops}; every kernel has to agree with that definition.
 */
public sealed interface Op permits Primitive, Composite {

  /** The op's name in listings, as in {@code matmul}. */
  default String opName() {
    String type = getClass().getSimpleName();
    return Names.snakeCase(type.endsWith("Op") ? type.substring(0, type.length() - 2) : type);
  }

  /**
   * What kernels for it are found by: its class, or the constant itself if it is one of an enum.
   */
  default Object kind() {
    return getClass();
  }

  /**
   * The shapes and types of the outputs.
   *
   * @param inputs concrete specs
   * @throws IllegalArgumentException if the inputs do not fit
   */
  List<TensorSpec> infer(List<TensorSpec> inputs);

  /**
   * The vector-Jacobian products: for each input the gradient that arrives there, or null where
   * none does. A null list asks for the gradient through the op's parts and is for composites
   * alone.
   */
  @Nullable List<@Nullable Value> vjp(VjpContext back);
}
