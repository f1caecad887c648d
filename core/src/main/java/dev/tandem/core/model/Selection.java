package dev.tandem.core.model;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Callee;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which weights a trainer may move, besides the flags: it narrows what the flags allow, and writes
 * none. State is gated by it like parameters.
 */
@FunctionalInterface
public interface Selection {

  /** Whether this weight may move. */
  boolean accepts(Weight weight);

  /** Every weight. */
  static Selection all() {
    return weight -> true;
  }

  /** The weights of these layers and models. */
  static Selection only(Callee... parts) {
    ImmutableSet<Weight> chosen = weights(parts);
    return described(chosen::contains, "only", parts);
  }

  /** All but the weights of these layers and models. */
  static Selection except(Callee... parts) {
    ImmutableSet<Weight> left = weights(parts);
    return described(weight -> !left.contains(weight), "except", parts);
  }

  private static ImmutableSet<Weight> weights(Callee... parts) {
    return Arrays.stream(parts).flatMap(Selection::weightsOf).collect(ImmutableSet.toImmutableSet());
  }

  private static Stream<Weight> weightsOf(Callee part) {
    List<Weight> weights = List.of();
    if (part instanceof Layer layer) {
      weights = layer.weights();
    } else if (part instanceof Model model) {
      weights = model.weights();
    }
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          part.typeName() + " \"" + part.name() + "\" has no weights to select");
    }
    return weights.stream();
  }

  private static Selection described(Selection selection, String verb, Callee... parts) {
    String names = Arrays.stream(parts).map(Callee::name).collect(Collectors.joining(", "));
    return new Selection() {
      @Override
      public boolean accepts(Weight weight) {
        return selection.accepts(weight);
      }

      @Override
      public String toString() {
        return verb + "(" + names + ")";
      }
    };
  }
}
