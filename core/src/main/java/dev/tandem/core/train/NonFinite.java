package dev.tandem.core.train;

import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.Shape;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds out where a NaN or an infinity came from: the data, the weights, or an op. */
final class NonFinite {

  private NonFinite() {}

  private static final String UNTOUCHED = ". Weights and state are as they were before the step";

  /** The error for examples, before they were taken. */
  static NonFiniteException inExamples(Model model, String found, long step) {
    return new NonFiniteException(step, model + ": in step " + step + " " + found + UNTOUCHED);
  }

  /**
   * The error for a step.
   *
   * @param what was found, as in {@code the loss is NaN}
   * @param program what computed it, with its feeds as they were
   * @param inExamples the first place in the examples where it may have come from
   * @param seed of the run
   * @param step of the run
   */
  static NonFiniteException explain(
      Model model,
      Program program,
      Supplier<Optional<String>> inExamples,
      String what,
      long seed,
      long step) {
    String cause =
        inExamples
            .get()
            .map(place -> ": " + place)
            .or(() -> inWeights(model))
            .or(() -> inOp(program, seed, step))
            .orElse("; lower the learning rate or clip gradients");
    return new NonFiniteException(
        step, model + ": " + what + " in step " + step + cause + UNTOUCHED);
  }

  /** The error for gradients that were changed between the halves of a step. */
  static NonFiniteException beforeUpdate(Model model, String what, long step) {
    return new NonFiniteException(
        step,
        model
            + ": "
            + what
            + " before the update of step "
            + step
            + ", and did not when it was computed; look at what changes gradientArrays()"
            + UNTOUCHED);
  }

  /** The error for an update that overflowed. */
  static NonFiniteException afterUpdate(Model model, String what, long step) {
    return new NonFiniteException(
        step,
        model
            + ": "
            + what
            + " after the update of step "
            + step
            + ": gradients are finite, and so large that their squares are not; lower the learning"
            + " rate, or limit them by Clippings.byValue"
            + UNTOUCHED);
  }

  /** The error for gradients whose update nobody could look after. */
  static NonFiniteException tooLarge(Model model, double squares, long step) {
    return new NonFiniteException(
        step,
        model
            + ": the gradients of step "
            + step
            + " are finite, and so large that their squares may not be (the sum is "
            + squares
            + "), so that nothing was updated with them; lower the learning rate, limit them by"
            + " Clippings.byValue, or let the engine wait for each step, so that the host looks"
            + " after such updates"
            + UNTOUCHED);
  }

  private static Optional<String> inWeights(Model model) {
    for (Weight weight : model.weights()) {
      Optional<String> place = placeIn(weight.variable().read());
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
                    + call.op().opName()
                    + " in \""
                    + call.origin()
                    + "\"; keep what it is applied to where it and its slope are finite, lower the"
                    + " learning rate, or clip gradients");
  }

  /** As in {@code NaN at (3, 0) of (64, 10)}; empty if all elements are finite. */
  static Optional<String> placeIn(INDArray array) {
    OptionalLong found = FiniteProbe.of(array).firstOther();
    return found.isPresent() ? Optional.of(describe(array, found.getAsLong())) : Optional.empty();
  }

  /** The element at a place, counted in 'c' order, and the place. */
  static String describe(INDArray array, long index) {
    Shape place = Shape.of(array.shape()).place(index);
    return array.getDouble(place.toArray()) + " at " + place + " of " + Shape.of(array.shape());
  }
}
