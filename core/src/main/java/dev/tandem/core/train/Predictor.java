package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Recipe;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.VariableGroup;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.BatchSizes.Chosen;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Prepared;
import dev.tandem.core.train.Programs.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a model in inference mode: {@code Predictor.of(generator).predict(noise)}. It reads the
 * weights as they are at each call, and moves nothing.
 *
 * <p>Any number of threads may share a predictor: calls wait for each other, as each runs on all
 * cores. Where that is too slow for small nets, give each thread a predictor of its own; they share
 * the weights. A training step of another thread on the same weights is waited for.
 *
 * <p>Each batch size runs by a plan of its own, whose preparation takes far longer than a run. A
 * net that treats every sample by itself needs few of them: batches are filled up to the next power
 * of two, and more than 256 samples (fewer where the model's tensors are large) come in portions. A
 * net in which samples of a batch depend on each other, or whose own SameDiff code nobody knows,
 * gets what it is asked as it is. {@link #warmUp} prepares plans beforehand.
 */
public final class Predictor implements AutoCloseable {

  /** Powers of two up to a portion, and the portion. */
  private static final int KEPT = 10;

  private final Model model;
  private final StepInputs ports;
  private final Programs programs;
  private final BatchSizes sizes;
  private final Filler filler;
  private final VariableGroup weights;

  /** Guards all that follows and all that calls share. */
  private final Lock lock = new ReentrantLock();

  private boolean closed;

  Predictor(Snapshot snapshot, Engine engine, Precision precision) {
    this.model = snapshot.model();
    this.ports = new StepInputs(model, List.of());
    StepGraphs graphs = StepGraphs.ofOutputs(snapshot);
    this.programs = new Programs(engine, precision, graphs::build, KEPT);
    this.sizes = new BatchSizes(batch -> graphs.build(key(batch)), PredictBatch.of(model));
    this.filler = new Filler(ports);
    this.weights = WeightGroups.of(model);
    model.initializeNew();
  }

  private static Key key(long batch) {
    return new Key(Use.PREDICT, batch, ImmutableMap.of());
  }

  /** A predictor of a model. */
  public static Predictor of(Model model) {
    return of(model, new PlanEngine());
  }

  /** A predictor of a model on an engine. */
  public static Predictor of(Model model, Engine engine) {
    return of(model, engine, Precision.FLOAT32);
  }

  /**
   * A predictor of a model on an engine, in a precision.
   *
   * @param precision of the operands of products and convolutions
   * @throws IllegalArgumentException if the engine does not have it where it is, or the model is of
   *     float64
   */
  public static Predictor of(Model model, Engine engine, Precision precision) {
    Recipe<Predictor> recipe =
        snapshot -> {
          Backend.require();
          PrecisionCheck.require(precision, engine, model);
          return new Predictor(snapshot, engine, precision);
        };
    return model.compile(recipe);
  }

  /**
   * Sets how many plans are kept; the one used longest ago gives way. 10 unless set, which is one
   * for each size of a net that treats every sample by itself.
   *
   * @param most at least 1
   * @return this predictor
   */
  public Predictor keepPlans(int most) {
    lock.lock();
    try {
      requireOpen();
      programs.keep(most);
      return this;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Prepares the plans for numbers of samples and runs each once, so that no later call has to:
   * {@code warmUp(1, 64)} before a service is opened. Of more sizes than {@linkplain #keepPlans are
   * kept} the last ones stay.
   *
   * @param samples at least 1 each
   */
  public void warmUp(long... samples) {
    for (long number : samples) {
      if (number < 1) {
        throw new IllegalArgumentException("number of samples is not at least 1: " + number);
      }
    }
    boolean batched =
        ports.inputs().stream()
            .anyMatch(port -> !Objects.requireNonNull(port.spec()).shape().isConcrete());
    lock.lock();
    try {
      requireOpen();
      for (long number : samples) {
        Prepared prepared = programs.get(key(sizes.of(batched ? number : Shape.BATCH).size()));
        Lock held = weights.read();
        try {
          prepared.program().run(0, 0);
        } finally {
          held.unlock();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The only output for the only input: a new array.
   *
   * @throws IllegalArgumentException if the input does not fit the model
   * @throws IllegalStateException if the model has several outputs, or this was closed
   */
  public INDArray predict(INDArray input) {
    if (model.outputs().size() != 1) {
      throw new IllegalStateException(
          model
              + " has several outputs "
              + model.outputs().keySet()
              + "; call predict(Map) for all of them");
    }
    return predict(Given.only("input", input)).values().iterator().next();
  }

  /**
   * All outputs by name: new arrays, which belong to no workspace.
   *
   * @param inputs (batch, …) each, by name
   * @throws IllegalArgumentException if they do not fit the model
   * @throws IllegalStateException if this was closed
   */
  public Map<String, INDArray> predict(Map<String, INDArray> inputs) {
    lock.lock();
    try {
      requireOpen();
      ValidatedExamples checked = ValidatedExamples.of(ports, Examples.of(inputs), null);
      Chosen chosen = sizes.of(checked.batch());
      if (checked.batch() > chosen.size()) {
        return inPortions(checked, chosen);
      }
      return checked.batch() < chosen.size() ? filledUp(checked, chosen) : whole(checked);
    } finally {
      lock.unlock();
    }
  }

  /** The programs compiled so far. */
  ImmutableList<Program> programs() {
    lock.lock();
    try {
      return programs.all();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this predictor of " + model + " is closed; make a new one with Predictor.of(model)");
    }
  }

  private Map<String, INDArray> whole(ValidatedExamples checked) {
    Program program = run(checked, 0);
    Map<String, INDArray> results = new LinkedHashMap<>();
    for (String name : model.outputs().keySet()) {
      results.put(name, copy(program.output(StepInputNames.output(name))));
    }
    return results;
  }

  private Map<String, INDArray> filledUp(ValidatedExamples checked, Chosen chosen) {
    Program program = run(filler.fillUp(checked, chosen.size()), 0);
    Map<String, INDArray> results = new LinkedHashMap<>();
    for (String name : model.outputs().keySet()) {
      INDArray all = program.output(StepInputNames.output(name));
      long rows =
          Objects.requireNonNull(chosen.rows().get(StepInputNames.output(name))) * checked.batch();
      results.put(name, copy(rows == 0 ? all : SampleRows.of(all, 0, rows)));
    }
    return results;
  }

  /** The last portion is as large as the others and meets the one before: one program does. */
  private Map<String, INDArray> inPortions(ValidatedExamples checked, Chosen chosen) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    long samples = checked.batch();
    long portion = chosen.size();
    for (long number = 0; number * portion < samples; number++) {
      long from = Math.min(number * portion, samples - portion);
      Program program = run(checked.rows(from, from + portion), number);
      for (String name : model.outputs().keySet()) {
        INDArray part = program.output(StepInputNames.output(name));
        long each = Objects.requireNonNull(chosen.rows().get(StepInputNames.output(name)));
        if (each == 0) {
          results.computeIfAbsent(name, n -> copy(part));
        } else {
          INDArray all = results.computeIfAbsent(name, n -> empty(part, samples * each));
          SampleRows.of(all, from * each, (from + portion) * each).assign(part);
        }
      }
    }
    return results;
  }

  private Program run(ValidatedExamples checked, long number) {
    Prepared prepared = programs.get(key(checked.batch()));
    Lock held = weights.read();
    try {
      Program program = prepared.feed(checked);
      program.run(0, number);
      return program;
    } finally {
      held.unlock();
    }
  }

  private static INDArray copy(INDArray array) {
    return empty(array, array.rank() == 0 ? 1 : array.size(0)).assign(array);
  }

  private static INDArray empty(INDArray part, long rows) {
    long[] shape = part.shape().clone();
    if (shape.length > 0) {
      shape[0] = rows;
    }
    return Nd4j.createUninitializedDetached(part.dataType(), 'c', shape);
  }

  /** Gives the memory of its plans back, after the calls of other threads. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      programs.close();
      filler.close();
    } finally {
      lock.unlock();
    }
  }
}
