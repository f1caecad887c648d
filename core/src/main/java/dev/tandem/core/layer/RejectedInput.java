package dev.tandem.core.layer;

import dev.tandem.core.graph.Operation;
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

  private static String from(Operation callee) {
    return callee.isNamed() ? "\"" + callee.name() + "\"" : callee.label();
  }

  IllegalArgumentException from(Layer layer, List<SymbolicTensor> inputs) {
    String places =
        inputs.stream()
            .map(input -> from(input.producer().callee()))
            .distinct()
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(problem + " from " + places + "; " + nextStep, this);
  }
}
