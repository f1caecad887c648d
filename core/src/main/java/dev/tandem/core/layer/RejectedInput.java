package dev.tandem.core.layer;

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

  IllegalArgumentException from(Layer layer, List<SymbolicTensor> inputs) {
    String places =
        inputs.stream()
            .map(input -> "\"" + input.producer().callee().name() + "\"")
            .distinct()
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(problem + " from " + places + "; " + nextStep, this);
  }
}
