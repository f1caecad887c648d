package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a layer's {@code forward} gives, held against what its {@code outputs} promised. */
final class Promise {

  private Promise() {}

  /**
   * Refuses a result of another number, shape or type.
   *
   * @param name kind and name of the layer, for messages
   * @param promised for these inputs; an open batch is that of the first input
   */
  static List<Value> check(
      String name, List<TensorSpec> promised, List<Value> inputs, @Nullable List<Value> made) {
    boolean kept = made != null && made.size() == promised.size();
    for (int i = 0; made != null && kept && i < made.size(); i++) {
      kept = made.get(i) != null && fits(expected(promised.get(i), inputs), made.get(i).spec());
    }
    if (made == null || !kept) {
      List<TensorSpec> here = promised.stream().map(spec -> expected(spec, inputs)).toList();
      throw new LayerFailure.State(
          name
              + " promised in outputs(...) to give "
              + here
              + " for "
              + inputs.stream().map(Value::spec).toList()
              + ", and forward(...) gave "
              + specs(made)
              + "; let outputs(...) say what forward(...) gives, or forward(...) give what was"
              + " promised",
          null);
    }
    return made;
  }

  private static boolean fits(TensorSpec expected, TensorSpec given) {
    return expected.shape().isConcrete()
        ? expected.equals(given)
        : expected.dtype() == given.dtype()
            && expected.shape().rank() == given.shape().rank()
            && expected.shape().sample().equals(given.shape().sample());
  }

  private static TensorSpec expected(TensorSpec promised, List<Value> inputs) {
    Shape first = inputs.get(0).shape();
    return first.rank() == 0
        ? promised
        : promised.withShape(promised.shape().withBatch(first.size(0)));
  }

  private static String specs(@Nullable List<Value> made) {
    return made == null
        ? "null"
        : made.stream()
            .map(value -> value == null ? "null" : Objects.toString(value.spec()))
            .toList()
            .toString();
  }
}
