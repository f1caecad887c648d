package dev.tandem.core.train;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Recipe;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Program;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Runs a model in inference mode: {@code Predictor.of(generator).predict(noise)}. It reads the
 * weights as they are at each call, and moves nothing. For one thread at a time.
 *
 * <p>Many samples are predicted in portions of at most 256, fewer where the model's tensors are
 * large; a model that mixes samples, one with a tensor without a batch axis, gets all of them at
 * once.
 */
public final class Predictor implements AutoCloseable {

  private final Model model;
  private final Ports ports;
  private final Programs programs;
  private final long portion;
  private boolean closed;

  Predictor(Snapshot snapshot, Engine engine) {
    this.model = snapshot.model();
    this.ports = new Ports(model, List.of());
    Drawing drawing = Drawing.ofOutputs(snapshot);
    this.programs = new Programs(engine, drawing::draw);
    this.portion = Portion.of(model);
    model.initializeNew();
  }

  /** A predictor of a model. */
  public static Predictor of(Model model) {
    return of(model, EngineKind.PLAN);
  }

  /** A predictor of a model on a given engine. */
  public static Predictor of(Model model, EngineKind kind) {
    Recipe<Predictor> recipe =
        snapshot -> {
          Backend.require();
          return new Predictor(snapshot, kind.make());
        };
    return model.compile(recipe);
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
   * All outputs by name: new arrays.
   *
   * @param inputs (batch, …) each, by name
   * @throws IllegalArgumentException if they do not fit the model
   * @throws IllegalStateException if this was closed
   */
  public Map<String, INDArray> predict(Map<String, INDArray> inputs) {
    if (closed) {
      throw new IllegalStateException(
          "this predictor of " + model + " is closed; make a new one with Predictor.of(model)");
    }
    Checked checked = ports.check(Examples.of(inputs));
    return checked.batch() <= portion ? whole(checked) : inPortions(checked);
  }

  private Map<String, INDArray> whole(Checked checked) {
    Program program = run(checked, 0);
    Map<String, INDArray> results = new LinkedHashMap<>();
    for (String name : model.outputs().keySet()) {
      results.put(name, program.output(PortNames.output(name)).dup('c'));
    }
    return results;
  }

  /** The last portion is as large as the others and meets the one before: one program does. */
  private Map<String, INDArray> inPortions(Checked checked) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    long rows = checked.batch();
    for (long number = 0; number * portion < rows; number++) {
      long from = Math.min(number * portion, rows - portion);
      Program program = run(checked.rows(from, from + portion), number);
      for (String name : model.outputs().keySet()) {
        INDArray part = program.output(PortNames.output(name));
        INDArray all = results.computeIfAbsent(name, n -> empty(part, rows));
        all.get(NDArrayIndex.interval(from, from + portion)).assign(part);
      }
    }
    return results;
  }

  private Program run(Checked checked, long number) {
    Program program =
        checked.feed(programs.get(new Key(Use.PREDICT, checked.batch(), checked.weighted())));
    program.run(0, number);
    return program;
  }

  private static INDArray empty(INDArray part, long rows) {
    long[] shape = part.shape().clone();
    shape[0] = rows;
    return Nd4j.createUninitialized(part.dataType(), shape, 'c');
  }

  /** Gives the memory of its plans back. */
  @Override
  public void close() {
    closed = true;
    programs.close();
  }
}
