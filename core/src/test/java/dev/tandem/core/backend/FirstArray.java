package dev.tandem.core.backend;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program whose first array is made in one way or another, and that prints what becomes of it.
 */
public final class FirstArray {

  private FirstArray() {}

  /**
   * Makes it.
   *
   * @param arguments how
   */
  public static void main(String[] arguments) {
    for (int i = 0; i < 2; i++) {
      try {
        make(arguments[0]);
        System.out.println("made");
      } catch (Throwable e) {
        System.out.println(e);
      }
    }
  }

  private static void make(String how) {
    Model model = Model.sequential("m", Input.of("x", 2), Dense.units(1).named("d"));
    switch (how) {
      case "predictor" -> Predictor.of(model).close();
      case "initialize" -> model.initialize(1).weight("d/kernel").values();
      case "values" -> model.weight("d/kernel").values();
      case "count" -> model.summary();
      case "trainer" ->
          model
              .compile(Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1))
              .close();
      case "step" -> {
        try (Trainer trainer =
            model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1))) {
          trainer.trainOnBatch(
              Nd4j.createFromArray(new float[][] {{1, 2}}),
              Nd4j.createFromArray(new float[][] {{1}}));
        }
      }
      case "mnist" -> Mnist.load(Path.of("nowhere"), PixelRange.MINUS_ONE_TO_ONE);
      case "samediff" -> {
        Ops ops = new Ops();
        TensorSpec spec = TensorSpec.of(1);
        new SameDiffEngine()
            .prepare(ops.build(Map.of("y", ops.square(ops.feed("x", spec)))))
            .close();
      }
      default -> throw new IllegalArgumentException(how);
    }
  }
}
