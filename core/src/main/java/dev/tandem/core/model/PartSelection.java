package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Weight;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The weights of some layers and models, or all but them. */
record PartSelection(Verb verb, ImmutableList<Operation> parts, ImmutableSet<Weight> weights)
    implements Selection {

  /** The use of the parts. */
  enum Verb {
    ONLY,
    EXCEPT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static PartSelection of(Verb verb, Operation... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException(verb + "() selects nothing; name a layer or a model");
    }
    if (Arrays.asList(parts).contains(null)) {
      throw new IllegalArgumentException(
          verb
              + "(...) was given null, among "
              + Arrays.asList(parts)
              + "; name layers and models");
    }
    ImmutableList<Operation> all = ImmutableList.copyOf(parts);
    return new PartSelection(
        verb,
        all,
        all.stream()
            .flatMap(part -> weights(verb, part).stream())
            .collect(ImmutableSet.toImmutableSet()));
  }

  private static List<Weight> weights(Verb verb, Operation part) {
    List<Weight> weights = ModelWalk.weights(part);
    if (weights.isEmpty()) {
      String reason =
          part.isBuilt()
              ? "has no weights"
              : "has no weights before its first call; build the model first";
      throw new IllegalArgumentException(
          verb + "(...) cannot select " + part.label() + ": it " + reason);
    }
    return weights;
  }

  @Override
  public boolean accepts(Weight weight) {
    return weights.contains(weight) == (verb == Verb.ONLY);
  }

  @Override
  public void requirePartsOf(Model model) {
    if (verb == Verb.ONLY && Collections.disjoint(weights, model.weights())) {
      throw new IllegalArgumentException(
          model
              + " has no weight of "
              + parts.stream().map(Operation::label).collect(Collectors.joining(" or "))
              + ", so "
              + this
              + " leaves nothing to train; it calls "
              + ModelQueries.names(model));
    }
  }

  @Override
  public String toString() {
    return verb
        + "("
        + parts.stream()
            .map(part -> part.isNamed() ? "\"" + part.name() + "\"" : part.label())
            .collect(Collectors.joining(", "))
        + ")";
  }
}
