package dev.tandem.core.layer;

import dev.tandem.core.graph.Named;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;
import java.util.stream.Collectors;

/** Inputs that do not fit a layer; becomes a message that names where they come from. */
final class RejectedInput extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String problem;
  private final String nextStep;

  RejectedInput(String problem, String nextStep) {
    super(problem + "; " + nextStep);
    this.problem = problem;
    this.nextStep = nextStep;
  }

  private static String from(Named source) {
    return source.isNamed() ? "\"" + source.name() + "\"" : source.label();
  }

  IllegalArgumentException from(Layer layer, List<? extends SymbolicTensor> inputs) {
    String places =
        inputs.stream()
            .map(input -> from(input.source()))
            .distinct()
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(problem + " from " + places + "; " + nextStep, this);
  }
}
