package dev.tandem.core.train;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Recipe;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a model in inference mode: {@code Predictor.of(generator).predict(noise)}. It reads the
 * weights as they are at each call. For one thread at a time.
 */
public final class Predictor implements AutoCloseable {

  private final Snapshot snapshot;
  private final Engine engine;
  private final Programs programs;

  Predictor(Snapshot snapshot, Engine engine, Programs programs) {
    this.snapshot = snapshot;
    this.engine = engine;
    this.programs = programs;
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
          return new Predictor(snapshot, kind.make(), new Programs());
        };
    return model.compile(recipe);
  }

  /**
   * The only output for the only input: a new array.
   *
   * @throws IllegalStateException if the model has several outputs
   */
  public INDArray predict(INDArray input) {
    Map<String, INDArray> outputs = predict(Map.of(Training.ONLY, input));
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          snapshot.model() + " has several outputs " + outputs.keySet()
              + "; call predict(Map) for all of them");
    }
    return outputs.values().iterator().next();
  }

  /**
   * All outputs by name: new arrays.
   *
   * @param inputs (batch, …) each, by name
   * @throws IllegalArgumentException if they do not fit the model
   */
  public Map<String, INDArray> predict(Map<String, INDArray> inputs) {
    Checked checked = Checked.of(snapshot.model(), inputs);
    Programs.Key key =
        new Programs.Key(Programs.Use.PREDICT, checked.batch(), checked.weighted());
    Program program =
        checked.feed(
            programs.get(
                key, () -> engine.prepare(Drawing.predict(snapshot, checked.batch()))));
    program.run(0, 0);
    Map<String, INDArray> outputs = new LinkedHashMap<>();
    for (String name : snapshot.model().outputs().keySet()) {
      outputs.put(name, program.output(PortNames.output(name)).dup('c'));
    }
    return outputs;
  }

  /** Gives the memory of its plans back. */
  @Override
  public void close() {
    programs.close();
  }
}
