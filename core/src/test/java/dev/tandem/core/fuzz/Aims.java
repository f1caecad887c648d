package dev.tandem.core.fuzz;

import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Losses and their formulas: of predictions (batch, outputs) and targets. */
enum Aims {
  SQUARES(Losses.meanSquaredError(), (y, t) -> mean(y, t, (a, b) -> (a - b) * (a - b))),
  DISTANCES(Losses.meanAbsoluteError(), (y, t) -> mean(y, t, (a, b) -> Math.abs(a - b))),
  LOGITS(
      Losses.binaryCrossentropy().fromLogits(),
      (y, t) -> mean(y, t, (a, b) -> Curves.softplus(a) - b * a)),
  CLASSES(Losses.sparseCategoricalCrossentropy().fromLogits(), Aims::classes);

  private final Loss loss;
  private final ToDoubleBiFunction<Grid, Grid> formula;

  Aims(Loss loss, ToDoubleBiFunction<Grid, Grid> formula) {
    this.loss = loss;
    this.formula = formula;
  }

  Loss loss() {
    return loss;
  }

  double of(Grid predicted, Grid target) {
    return formula.applyAsDouble(predicted, target);
  }

  /** A target that is as it should be. */
  INDArray target(Random random, int batch, int outputs, DataType dtype) {
    if (this == CLASSES) {
      int[] numbers = random.ints(batch, 0, outputs).toArray();
      return Nd4j.createFromArray(numbers);
    }
    double[] numbers =
        this == LOGITS
            ? random.ints((long) batch * outputs, 0, 2).asDoubleStream().toArray()
            : random.doubles((long) batch * outputs, -1, 1).toArray();
    return Nd4j.createFromArray(numbers).castTo(dtype).reshape(batch, outputs);
  }

  private interface Each {
    double of(double predicted, double target);
  }

  private static double mean(Grid y, Grid t, Each each) {
    double sum = 0;
    for (int i = 0; i < y.at().length; i++) {
      sum += each.of(y.at()[i], t.at()[i]);
    }
    return sum / y.at().length;
  }

  private static double classes(Grid y, Grid t) {
    Grid likely = Formulas.softmax(y);
    double sum = 0;
    for (int b = 0; b < y.size(0); b++) {
      sum -= Math.log(likely.at()[b * y.size(1) + (int) t.at()[b]]);
    }
    return sum / y.size(0);
  }
}
