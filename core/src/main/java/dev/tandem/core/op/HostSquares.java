package dev.tandem.core.op;

import dev.tandem.core.backend.FiniteProbe;
import java.util.List;

/** Sums of squares over the arrays of variables. */
final class HostSquares implements SumOfSquares {

  private final Variable[] variables;
  private final FiniteProbe[] probes;

  HostSquares(List<Variable> variables) {
    this.variables = variables.toArray(Variable[]::new);
    this.probes =
        variables.stream()
            .map(variable -> FiniteProbe.of(variable.array()))
            .toArray(FiniteProbe[]::new);
  }

  @Override
  public double now() {
    double sum = 0;
    for (int i = 0; i < probes.length; i++) {
      variables[i].fetchMirror();
      sum += probes[i].squares();
    }
    return sum;
  }

  @Override
  public void close() {}
}
