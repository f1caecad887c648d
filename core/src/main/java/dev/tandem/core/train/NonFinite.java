package dev.tandem.core.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.Shape;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds out where a NaN or an infinity came from: the data, the weights, or an op. */
final class NonFinite {

  private NonFinite() {}

  /**
   * What to say of a step's loss.
   *
   * @param program what computed it, with its feeds as they were
   * @param seed of the run
   * @param step of the run
   */
  static NonFiniteException explain(
      Model model, Program program, Checked checked, double loss, long seed, long step) {
    String cause =
        checked
            .findNonFinite()
            .map(place -> ": " + place + "; clean the data")
            .or(() -> inWeights(model))
            .or(() -> inOp(program, seed, step))
            .orElse("; lower the learning rate or clip gradients");
    return new NonFiniteException(
        step,
        model
            + ": the loss is "
            + loss
            + " in step "
            + step
            + cause
            + ". Weights and state are as they were before the step");
  }

  private static Optional<String> inWeights(Model model) {
    for (Weight weight : model.weights()) {
      Optional<String> place = placeIn(weight.variable().array());
      if (place.isPresent()) {
        return Optional.of(
            ": weight \""
                + weight.path()
                + "\" holds "
                + place.get()
                + " already, from a gradient of an earlier step or from where it was set; go back"
                + " to values from before, and lower the learning rate or clip gradients");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inOp(Program program, long seed, long step) {
    return program
        .findNonFinite(seed, step)
        .map(
            call ->
                ": first made by op "
                    + call.op().name()
                    + " in \""
                    + call.origin()
                    + "\"; lower the learning rate or clip gradients");
  }

  /** As in {@code NaN at (3, 0) of (64, 10)}; empty if all elements are finite. */
  static Optional<String> placeIn(INDArray array) {
    if (!array.dataType().isFPType()) {
      return Optional.empty();
    }
    INDArray flat = array.ordering() == 'c' ? array : array.dup('c');
    for (long i = 0; i < flat.length(); i++) {
      double value = flat.getDouble(i);
      if (!Double.isFinite(value)) {
        return Optional.of(
            value + " at " + place(array.shape(), i) + " of " + Shape.of(array.shape()));
      }
    }
    return Optional.empty();
  }

  /** The coordinates of an element counted in 'c' order. */
  private static Shape place(long[] sizes, long index) {
    long[] place = new long[sizes.length];
    long rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return Shape.of(place);
  }
}
