package dev.tandem.core.train;

import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies of variables from before they were written. */
final class Kept {

  private record Copy(Variable variable, INDArray before) {}

  private final List<Copy> copies = new ArrayList<>();

  Kept(List<Variable> variables) {
    for (Variable variable : variables) {
      copies.add(new Copy(variable, variable.read().dup('c')));
    }
  }

  /** As in {@code "h/kernel" holds NaN at (0, 1) of (2, 3)}: of what was finite before. */
  Optional<String> findBroken() {
    for (Copy copy : copies) {
      INDArray now = copy.variable().read();
      if (!FiniteProbe.isFinite(now) && FiniteProbe.isFinite(copy.before())) {
        return NonFinite.placeIn(now)
            .map(place -> "\"" + copy.variable().name() + "\" holds " + place);
      }
    }
    return Optional.empty();
  }

  /** Puts the values back. */
  void restore() {
    copies.forEach(copy -> copy.variable().set(copy.before()));
  }
}
