package dev.tandem.core.fuzz;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One net with its engine, its trainer and its predictor, and everything that is tried on it. */
final class Case implements AutoCloseable {

  private static final double RATE = .05;

  private final Random random;
  private final DrawnNet net;
  private final Aims aim;
  private final Trainer trainer;
  private final Predictor predictor;
  private final double tolerance;

  Case(long seed) {
    random = new Random(seed);
    net = new DrawnNet(random);
    // class numbers want two classes
    aim = Aims.values()[random.nextInt(Aims.values().length - (net.outputs() == 1 ? 1 : 0))];
    Engine engine = random.nextInt(6) == 0 ? new SameDiffEngine() : new PlanEngine();
    tolerance = net.dtype() == DataType.DOUBLE ? 1e-7 : 3e-3;
    trainer =
        net.model()
            .compile(Training.with(Sgd.rate(RATE)).loss(aim.loss()).engine(engine).seed(seed));
    predictor = Predictor.of(net.model(), engine);
  }

  DrawnNet net() {
    return net;
  }

  Trainer trainer() {
    return trainer;
  }

  Predictor predictor() {
    return predictor;
  }

  Random random() {
    return random;
  }

  Aims aim() {
    return aim;
  }

  int anyBatch() {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 6);
  }

  /** Inputs as they should be. */
  Map<String, INDArray> inputs(int batch) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Input input : net.inputs().values()) {
      long[] shape = input.spec().shape().toArray().clone();
      shape[0] = batch;
      int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      if (input.spec().dtype() == DataType.INT32) {
        int[] numbers = random.ints(length, 0, net.table()).toArray();
        arrays.put(input.name(), Nd4j.createFromArray(numbers).reshape(shape));
      } else {
        double[] numbers = random.doubles(length, -2, 2).toArray();
        arrays.put(
            input.name(),
            Nd4j.createFromArray(numbers).castTo(input.spec().dtype()).reshape(shape));
      }
    }
    return arrays;
  }

  INDArray target(int batch) {
    return aim.target(random, batch, net.outputs(), net.dtype());
  }

  Examples examples(Map<String, INDArray> inputs, INDArray target) {
    return Examples.of(inputs, Map.of("", target));
  }

  private static Map<String, Grid> grids(Map<String, INDArray> arrays) {
    Map<String, Grid> grids = new HashMap<>();
    arrays.forEach((name, array) -> grids.put(name, Grid.of(array)));
    return grids;
  }

  /** What the formulas predict. */
  Grid expected(Map<String, INDArray> inputs) {
    return net.output(new Run(grids(inputs), net.weights(), false));
  }

  /** Predictions of the library against those of the formulas; rows with NaN have NaN in both. */
  String predicts(Map<String, INDArray> inputs) {
    Grid got = Grid.of(predictor.predict(inputs).values().iterator().next());
    return differs(loud(expected(inputs), got, inputs), got);
  }

  /**
   * Where NaN went into a row, the whole row may be NaN: kernels multiply pixels that a stride
   * passes over by zeros.
   */
  private static Grid loud(Grid expected, Grid got, Map<String, INDArray> inputs) {
    int features = got.at().length / got.size(0);
    for (INDArray input : inputs.values()) {
      Grid grid = Grid.of(input);
      for (int row = 0; row < grid.size(0); row++) {
        boolean spoiled = Arrays.stream(grid.row(row)).anyMatch(Double::isNaN);
        for (int i = row * features; spoiled && i < (row + 1) * features; i++) {
          expected.at()[i] = Double.isNaN(got.at()[i]) ? Double.NaN : expected.at()[i];
        }
      }
    }
    return expected;
  }

  String differs(Grid expected, Grid got) {
    if (!Arrays.equals(expected.shape(), got.shape())) {
      return "shape " + Arrays.toString(got.shape()) + " for " + Arrays.toString(expected.shape());
    }
    double scale =
        1 + Arrays.stream(expected.at()).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    int features = expected.at().length / expected.size(0);
    for (int row = 0; row < expected.size(0); row++) {
      for (int i = row * features; i < (row + 1) * features; i++) {
        double e = expected.at()[i];
        double g = got.at()[i];
        if (Double.isNaN(e) ? !Double.isNaN(g) : !(Math.abs(e - g) <= tolerance * scale)) {
          return "row " + row + " of " + expected.size(0) + ": " + g + " for " + e;
        }
      }
    }
    return null;
  }

  /** One step against the formulas' loss, its slopes and the state that it leaves. */
  String steps(int batch) {
    Map<String, INDArray> inputs = inputs(batch);
    INDArray target = target(batch);
    Map<String, Grid> fed = grids(inputs);
    Grid aimed = Grid.of(target);
    Map<Weight, Grid> before = net.weights();
    Run run = new Run(fed, before, true);
    double loss = aim.of(net.output(run), aimed);
    StepResult result = trainer.trainOnBatch(examples(inputs, target));
    Map<Weight, Grid> after = net.weights();
    List<Weight> parameters = new ArrayList<>();
    for (Weight weight : net.model().weights()) {
      if (weight.isParameter()) {
        parameters.add(weight);
      } else if (!near(run.states().get(weight).at(), after.get(weight).at())) {
        return weight + " is not what the formula gives";
      }
    }
    if (!(Math.abs(result.loss() - loss) <= tolerance * (1 + Math.abs(loss)))) {
      return "loss " + result.loss() + " for " + loss;
    }
    if (!(Math.abs(loss) < 1e3) || before.values().stream().anyMatch(w -> w.largest() > 1e2)) {
      return null; // nets that blow up: differences say nothing any more
    }
    for (int i = 0; i < 4; i++) {
      Weight weight = parameters.get(random.nextInt(parameters.size()));
      int place = random.nextInt((int) weight.length());
      double moved = (before.get(weight).at()[place] - after.get(weight).at()[place]) / RATE;
      Slope slope = slope(fed, aimed, before, weight, place);
      if (slope != null
          && !(Math.abs(moved - slope.central()) <= tolerance(slope, before, weight))) {
        return "slope of " + weight.path() + "[" + place + "] is " + moved + " for " + slope;
      }
    }
    return null;
  }

  /** A difference quotient, and how far apart those of the two sides are. */
  private record Slope(double central, double apart) {}

  private double tolerance(Slope slope, Map<Weight, Grid> before, Weight weight) {
    double size = Math.abs(slope.central());
    return slope.apart()
        + (net.dtype() == DataType.DOUBLE
            ? 1e-5 * (1 + size)
            : 2e-2 * (.1 + size) + 2e-5 * before.get(weight).largest());
  }

  /** A difference quotient; null at a kink: where those of the two sides disagree. */
  private Slope slope(
      Map<String, Grid> fed, Grid aimed, Map<Weight, Grid> weights, Weight weight, int place) {
    double[] numbers = weights.get(weight).at();
    double kept = numbers[place];
    double h = 1e-5;
    double middle = aim.of(net.output(new Run(fed, weights, true)), aimed);
    numbers[place] = kept + h;
    double up = aim.of(net.output(new Run(fed, weights, true)), aimed);
    numbers[place] = kept - h;
    double down = aim.of(net.output(new Run(fed, weights, true)), aimed);
    numbers[place] = kept;
    double central = (up - down) / (2 * h);
    double apart = Math.abs((up - middle) / h - (middle - down) / h);
    return apart <= 1e-3 * (.1 + Math.abs(central)) ? new Slope(central, apart) : null;
  }

  private boolean near(double[] expected, double[] got) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - got[i]) <= tolerance * (1 + Math.abs(expected[i])))) {
        return false;
      }
    }
    return true;
  }

  /** Bits of all weights and states, and the count of steps. */
  String fingerprint() {
    StringBuilder text = new StringBuilder().append(trainer.steps());
    net.model()
        .weights()
        .forEach(w -> text.append(' ').append(Arrays.hashCode(Grid.of(w.values()).at())));
    return text.toString();
  }

  @Override
  public void close() {
    trainer.close();
    predictor.close();
  }
}
