package dev.tandem.core.train;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Messages on examples that do not fit a model. */
final class ExampleErrors {

  private ExampleErrors() {}

  /** An array that was not given. */
  static IllegalArgumentException missing(Model model, StepInput port, Set<String> given) {
    boolean unnamed = given.isEmpty() || given.equals(Set.of(Training.ONLY));
    return new IllegalArgumentException(
        model
            + " needs the "
            + port
            + "; "
            + (unnamed && !given.isEmpty()
                ? "what was given has no name, and there are several"
                : "given were " + given));
  }

  /** An array of a name that nothing here has. */
  static IllegalArgumentException unknown(
      Model model, StepInput.Kind kind, List<StepInput> ports, Set<String> given) {
    List<String> names = ports.stream().map(StepInput::name).toList();
    String stray = given.stream().filter(name -> !names.contains(name)).findFirst().orElse("");
    String what =
        switch (kind) {
          case INPUT -> "input";
          case TARGET -> "target";
          case WEIGHTS -> "sample weights";
        };
    if (stray.equals(Training.ONLY)) {
      return new IllegalArgumentException(
          model
              + " got "
              + what
              + " without a name; it takes "
              + names
              + (given.size() > 1 ? ", and that was given too" : "; say which one"));
    }
    if (kind != StepInput.Kind.INPUT && model.outputs().containsKey(stray)) {
      return new IllegalArgumentException(
          model
              + " looks at no "
              + what
              + " for its output \""
              + stray
              + "\": no loss or metric there compares it with anything; leave it out or compile the"
              + " model with a loss for that output");
    }
    return new IllegalArgumentException(
        model + " has no " + what + " named \"" + stray + "\"; it takes " + names);
  }

  /** An array of another shape or type. */
  static IllegalArgumentException shape(
      Model model, StepInput port, TensorSpec expected, INDArray array) {
    TensorSpec got = new TensorSpec(Shape.of(array.shape()), array.dataType());
    return new IllegalArgumentException(
        model
            + " expects "
            + expected
            + " as "
            + port.label()
            + ", got "
            + got
            + "; "
            + ClassForms.confused(port, got).orElseGet(() -> nextStep(expected, got)));
  }

  /**
   * Sample weights of another shape or type, where steps may have some.
   *
   * @param steps the shape of weights of steps
   */
  static IllegalArgumentException weights(
      Model model, StepInput port, TensorSpec expected, Shape steps, INDArray array) {
    TensorSpec got = new TensorSpec(Shape.of(array.shape()), array.dataType());
    return new IllegalArgumentException(
        model
            + " expects "
            + expected
            + " as "
            + port.label()
            + ", or "
            + steps
            + " for one weight a step, got "
            + got
            + "; "
            + (got.dtype() == expected.dtype()
                ? "reshape it"
                : "castTo(DataType." + constant(expected.dtype()) + ")"));
  }

  private static String nextStep(TensorSpec expected, TensorSpec got) {
    Shape wanted = expected.shape();
    Shape shape = got.shape();
    if (ValidatedExamples.matches(wanted, shape.toArray())) {
      return "castTo(DataType." + constant(expected.dtype()) + ")";
    }
    if (shape.rank() > 0 && shape.size(0) == 0) {
      return "give at least one sample";
    }
    if (wanted.rank() == shape.rank() + 1 && wanted.sample().equals(shape)) {
      return "a single sample needs a batch axis: reshape it to " + shape.prepend(1);
    }
    if (wanted.rank() == 4 && shape.rank() == 4 && channelsFirst(wanted).equals(shape.sample())) {
      return "images are channels last: permute(0, 2, 3, 1)";
    }
    return "reshape it";
  }

  /** The constant that is not deprecated. */
  private static String constant(DataType dtype) {
    return switch (dtype) {
      case INT -> "INT32";
      case LONG -> "INT64";
      default -> dtype.name();
    };
  }

  private static Shape channelsFirst(Shape image) {
    return Shape.of(image.size(3), image.size(1), image.size(2));
  }

  /**
   * A number that is no index of a table.
   *
   * @param at where it lies in the array, counted in 'c' order
   */
  static IllegalArgumentException index(
      ValidatedExamples checked, StepInput port, INDArray array, long at, FedIndices.Way way) {
    boolean fromOne =
        array.minNumber().longValue() >= 1 && array.maxNumber().longValue() == way.rows();
    return new IllegalArgumentException(
        checked.ports().model()
            + ": "
            + port.label()
            + " holds "
            + Place.value(array, at)
            + " at "
            + Place.of(checked, port, array, at)
            + ", and \""
            + way.table().origin()
            + "\" looks up "
            + way.rows()
            + " rows, [0, "
            + way.rows()
            + "); "
            + (fromOne ? "rows are counted from 0: subtract 1" : "correct it, or add rows there"));
  }

  /** Arrays of different numbers of samples. */
  static IllegalArgumentException batch(
      Model model, StepInput port, long size, StepInput first, long firstSize) {
    return new IllegalArgumentException(
        model
            + " got "
            + size
            + " samples as "
            + port.label()
            + " and "
            + firstSize
            + " as "
            + first.label()
            + "; give all the same number");
  }
}
