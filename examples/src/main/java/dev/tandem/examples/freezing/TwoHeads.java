package dev.tandem.examples.freezing;

import static dev.tandem.examples.freezing.Scalars.column;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Two models over one layer: m1 = A(S(x)) and m2 = B(S(x)), from S = 2, A = 3, B = -1. */
final class TwoHeads {

  private static final INDArray ONE = column(1);

  private final Dense shared = Scalars.factor("S", 2);
  private final Dense headA = Scalars.factor("A", 3);
  private final Dense headB = Scalars.factor("B", -1);
  private final Recorder recorder = new Recorder(shared, headA, headB);
  private final Model m1;
  private final Model m2;
  private final Engine engine;
  private final Training descent;
  private String afterwards = "";

  private TwoHeads(Engine engine) {
    this.engine = engine;
    this.descent = Scalars.descent(engine);
    Input x = Scalars.input("x");
    m1 = Model.sequential("m1", x, shared, headA);
    m2 = Model.sequential("m2", x, shared, headB);
  }

  /** Runs cases 20 to 22. */
  static TwoHeads run(Engine engine) {
    TwoHeads heads = new TwoHeads(engine);
    heads.nothingFrozen();
    heads.modelFrozen();
    heads.layerFrozen();
    return heads;
  }

  private void nothingFrozen() {
    recorder.begin(20, "nothing");
    start();
    step(m1.compile(descent));
    start();
    step(m2.compile(descent));
  }

  private void modelFrozen() {
    recorder.begin(21, "model m1");
    start();
    m1.setTrainable(false);
    step(m1.compile(descent));
    step(m2.compile(descent));
    afterwards =
        "After 21 m1 predicts "
            + prediction(m1)
            + " and m2 "
            + prediction(m2)
            + "; S.isTrainable() is "
            + shared.isTrainable()
            + ".";
    m1.setTrainable(true);
  }

  private void layerFrozen() {
    recorder.begin(22, "layer S");
    start();
    shared.setTrainable(false);
    step(m1.compile(descent));
    step(m2.compile(descent));
    shared.setTrainable(true);
  }

  private void start() {
    m1.initialize(0);
    m2.initialize(0);
  }

  private void step(Trainer trainer) {
    try (trainer) {
      recorder.step(trainer, ONE, ONE);
    }
  }

  private String prediction(Model model) {
    try (Predictor predictor = Predictor.of(model, engine)) {
      return Table.number(predictor.predict(ONE).getDouble(0));
    }
  }

  /** What case 21 left behind, in words. */
  String afterwards() {
    return afterwards;
  }

  /** What was done. */
  Recorder recorder() {
    return recorder;
  }
}
