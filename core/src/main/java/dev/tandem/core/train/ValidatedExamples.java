package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.tensor.Readable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.StepInput.Judged;
import dev.tandem.core.train.StepInput.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples that were found to fit a model, by step input. */
final class ValidatedExamples {

  private final StepInputs ports;
  private final @Nullable INDArray[] arrays;
  private final long firstRow;
  private final @Nullable IntFunction<String> rows;
  private long batch = Shape.BATCH;
  private @Nullable StepInput batchFrom;
  private boolean weighted;

  /** Nothing yet. */
  ValidatedExamples(StepInputs ports) {
    this(ports, 0, null);
  }

  private ValidatedExamples(StepInputs ports, long firstRow, @Nullable IntFunction<String> rows) {
    this.ports = ports;
    this.firstRow = firstRow;
    this.rows = rows;
    this.arrays = new INDArray[ports.all().size()];
  }

  /**
   * Examples held against what steps take.
   *
   * @param rows where they come from, or null for their numbers
   * @throws IllegalArgumentException if one is missing, unknown, or of another shape or type
   */
  static ValidatedExamples of(
      StepInputs ports, Examples examples, @Nullable IntFunction<String> rows) {
    ValidatedExamples checked = new ValidatedExamples(ports, 0, rows);
    checked.take(ports.inputs(), examples.inputs(), Kind.INPUT);
    checked.take(ports.targets(), examples.targets(), Kind.TARGET);
    if (!examples.weights().isEmpty()) {
      checked.take(ports.weights(), examples.weights(), Kind.WEIGHTS);
      checked.mask();
    }
    checked.checkTargets();
    return checked;
  }

  /** Takes what is given by name; the empty name stands for the only one there is. */
  private void take(List<StepInput> wanted, ImmutableMap<String, INDArray> given, Kind kind) {
    int taken = 0;
    for (int i = 0; i < wanted.size(); i++) {
      StepInput port = wanted.get(i);
      INDArray array = given.get(port.name());
      if (array == null && wanted.size() == 1) {
        array = given.get(Training.ONLY);
      }
      if (array != null) {
        taken++;
        put(port, array);
      } else if (kind != Kind.WEIGHTS) {
        throw ExampleErrors.missing(ports.model(), port, given.keySet());
      }
    }
    if (taken < given.size()) {
      throw ExampleErrors.unknown(ports.model(), kind, wanted, given.keySet());
    }
  }

  /**
   * Adds an array.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  void put(StepInput port, INDArray given) {
    if (!Readable.is(given)) {
      throw Readable.refusal(ports.model() + ": " + port.label(), given);
    }
    TensorSpec spec = port.spec();
    INDArray array = given;
    if (spec == null) {
      countJudged(port, array);
    } else {
      if (port.judged() != null && !matches(spec.shape(), array.shape())) {
        array = accepted(port, array);
      }
      boolean shaped =
          matches(spec.shape(), array.shape())
              || ports.stepsOf(port).isPresent()
                  && matches(ports.stepsOf(port).get(), array.shape());
      if (!fits(port, array.dataType()) || !shaped) {
        throw ports
            .stepsOf(port)
            .map(steps -> ExampleErrors.weights(ports.model(), port, spec, steps, given))
            .orElseGet(() -> ExampleErrors.shape(ports.model(), port, spec, given));
      }
      if (array.rank() == 2 && port.kind() == Kind.WEIGHTS && array.size(1) == 1) {
        array = array.reshape('c', array.size(0)); // of one step each
      }
      if (!spec.shape().isConcrete()) {
        count(port, array.size(0));
      }
    }
    weighted |= port.kind() == Kind.WEIGHTS;
    arrays[port.index()] = array;
  }

  /** Whether a type will do: that of the port, or for class numbers any integers. */
  static boolean fits(StepInput port, DataType dtype) {
    DataType wanted = Objects.requireNonNull(port.spec()).dtype();
    return dtype == wanted || port.judged() != null && wanted.isIntType() && dtype.isIntType();
  }

  /**
   * Looks at what targets hold, once all arrays are there.
   *
   * @throws IllegalArgumentException if a loss has no meaning for it
   */
  private void checkTargets() {
    for (StepInput port : ports.targets()) {
      INDArray target = arrays[port.index()];
      if (port.judged() != null && target != null) {
        arrays[port.index()] = TargetCheck.of(this, port, target, get(ports.weightsOf(port)));
      }
    }
  }

  /** A target with axes of size 1 too many or too few, as its loss wants it. */
  private INDArray accepted(StepInput port, INDArray array) {
    Judged judged = Objects.requireNonNull(port.judged());
    try {
      return judged.loss().accept(array, judged.prediction());
    } catch (IllegalArgumentException e) {
      throw ExampleErrors.shape(ports.model(), port, Objects.requireNonNull(port.spec()), array);
    }
  }

  /** A target that metrics alone look at: any shape of the right number of rows. */
  private void countJudged(StepInput port, INDArray array) {
    if (array.rank() == 0 || array.size(0) == 0) {
      throw ExampleErrors.shape(ports.model(), port, TensorSpec.of(Shape.BATCH), array);
    }
    count(port, array.size(0));
  }

  private void count(StepInput port, long size) {
    if (batchFrom == null) {
      batch = size;
      batchFrom = port;
    } else if (batch != size) {
      throw ExampleErrors.batch(ports.model(), port, size, batchFrom, batch);
    }
  }

  /** Whether sizes are these, with at least one sample where the batch is open. */
  static boolean matches(Shape expected, long[] sizes) {
    if (expected.rank() != sizes.length) {
      return false;
    }
    for (int i = 0; i < sizes.length; i++) {
      long size = expected.size(i);
      if (size == Shape.BATCH ? sizes[i] == 0 : size != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number of samples; {@link Shape#BATCH} for a model without a batch axis. */
  long batch() {
    return batch;
  }

  /** The outputs with sample weights, and the number of steps that each sample has weights for. */
  ImmutableMap<String, Long> weighted() {
    if (!weighted) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, Long> names = ImmutableMap.builder();
    for (StepInput port : ports.weights()) {
      INDArray array = arrays[port.index()];
      if (array != null) {
        names.put(port.name(), array.rank() == 2 ? array.size(1) : 1);
      }
    }
    return names.buildOrThrow();
  }

  StepInputs ports() {
    return ports;
  }

  /** The number of the first row here in what was given. */
  long firstRow() {
    return firstRow;
  }

  /** Where a row comes from, such as a file; empty where its number in what was given says it. */
  Optional<String> origin(long row) {
    return Optional.ofNullable(rows).map(names -> names.apply(Math.toIntExact(row)));
  }

  /** The array at a port; null if there is none. */
  @Nullable INDArray get(@Nullable StepInput port) {
    return port == null ? null : arrays[port.index()];
  }

  /** The samples from one row to another, as views. */
  ValidatedExamples rows(long from, long to) {
    ValidatedExamples part = new ValidatedExamples(ports, firstRow + from, rows);
    List<StepInput> all = ports.all();
    for (int i = 0; i < arrays.length; i++) {
      if (arrays[i] != null) {
        TensorSpec spec = all.get(i).spec();
        boolean batched = spec == null || !spec.shape().isConcrete();
        INDArray array = batched ? SampleRows.of(arrays[i], from, to) : arrays[i];
        part.put(all.get(i), array);
      }
    }
    return part;
  }

  /** Replaces rows of targets that are left out, so that what is weighted by 0 is a number. */
  private void mask() {
    for (StepInput port : ports.targets()) {
      INDArray target = arrays[port.index()];
      INDArray weights = get(ports.weightsOf(port));
      if (target != null && weights != null) {
        arrays[port.index()] = Feeds.masked(target, weights);
      }
    }
  }

  /** The first array that holds NaN or infinity where a step must not meet it, with its place. */
  Optional<String> findNonFinite() {
    return Feeds.findNonFinite(ports, this::get, rows);
  }
}
