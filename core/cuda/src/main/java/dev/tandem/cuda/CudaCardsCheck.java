package dev.tandem.cuda;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.core.worker.VariableMeans;
import dev.tandem.core.worker.Workers;
import dev.tandem.cuda.driver.CudaCard;
import dev.tandem.cuda.driver.CudaCards;
import dev.tandem.cuda.driver.CudaDevices;
import dev.tandem.cuda.driver.CudaLibraries;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program that says whether workers on the cards of this machine leave the bits of one card that
 * accumulates their batches, and how long an exchange takes.
 */
public final class CudaCardsCheck {

  private static final int MOST = 8;
  private static final int STEPS = 20;
  private static final int EXCHANGES = 50;
  private static final int MEGABYTE = 1_000_000;

  private final ThreadWorkers workers;
  private final int count;
  private final PrintStream out;
  private int failures;

  private CudaCardsCheck(ThreadWorkers workers, int count, PrintStream out) {
    this.workers = workers;
    this.count = count;
    this.out = out;
  }

  /**
   * Checks all cards that can be used, at most eight, and prints a line for each check. The exit
   * code is 1 if one failed, and 0 where there are not two cards.
   */
  public static void main(String[] arguments) {
    List<CudaCard> cards =
        CudaCards.all(CudaLibraries.find()).stream().filter(CudaCard::isNewEnough).toList();
    if (cards.size() < 2) {
      System.out.println("skipped: workers on cards want two, and there is " + cards.size());
      return;
    }
    int count = Math.min(MOST, cards.size());
    System.out.println(cards.subList(0, count));
    Engine alone = new CudaEngine(CudaDevices.shared(cards.get(0).index()));
    int failures = run(Workers.cards(count), count, alone, System.out, 1, 5, 25);
    System.exit(failures == 0 ? 0 : 1);
  }

  /**
   * Makes all checks.
   *
   * @param alone the engine of one of the cards
   * @param megabytes of the exchanges that are timed
   * @return how many checks failed
   */
  static int run(
      ThreadWorkers workers, int count, Engine alone, PrintStream out, int... megabytes) {
    CudaCardsCheck check = new CudaCardsCheck(workers, count, out);
    check.report("means", check::means);
    check.report("steps", any -> check.steps(alone));
    for (int size : megabytes) {
      check.report(size + " MB", any -> check.timed(size));
    }
    return check.failures;
  }

  private void report(String name, Function<CudaCardsCheck, String> check) {
    String line;
    try {
      line = check.apply(this);
    } catch (RuntimeException e) {
      line = "FAILED " + e.getMessage();
    }
    boolean good = !line.startsWith("FAILED");
    failures += good ? 0 : 1;
    out.println((good ? "ok     " : "FAILED ") + name + " " + line.replaceFirst("^FAILED ", ""));
  }

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  private static Variable variable(long seed, DataType dtype, long length) {
    TensorSpec spec = new TensorSpec(Shape.of(length), dtype);
    return new Variable("v" + seed, spec, () -> normal(seed, length).castTo(dtype));
  }

  /** Means against those that threads make on the host. */
  private String means(CudaCardsCheck any) {
    ImmutableList<List<INDArray>> host = Workers.threads(count).call(CudaCardsCheck::mean);
    ImmutableList<List<INDArray>> cards = workers.call(CudaCardsCheck::mean);
    return cards.equals(host) ? "equal to the bit" : "FAILED other bits than by the host";
  }

  private static List<INDArray> mean(Workers worker) {
    List<Variable> variables =
        List.of(
            variable(worker.rank() + 10L, DataType.FLOAT, 100_003),
            variable(worker.rank() + 20L, DataType.DOUBLE, 777),
            variable(worker.rank() + 30L, DataType.FLOAT, 1));
    VariableMeans means = worker.means();
    for (int again = 0; again < 3; again++) {
      means.take(variables, new double[] {again}, 5 + worker.rank());
    }
    return variables.stream().map(Variable::values).toList();
  }

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 32),
        Dense.units(64).activation(Activations.tanh()).named("a"),
        BatchNormalization.of().named("norm"),
        Dense.units(8).named("b"));
  }

  private static Training recipe() {
    return Training.with(Adam.rate(1e-2)).loss(Losses.meanSquaredError()).seed(3);
  }

  private static Examples batch(int number) {
    return Examples.of(normal(number, 16, 32), normal(number + 100_000L, 16, 8));
  }

  private static List<INDArray> values(Trainer trainer) {
    return trainer.model().weights().stream().map(Weight::values).toList();
  }

  /** Steps of all cards against those of one that accumulates. */
  private String steps(Engine alone) {
    List<INDArray> one;
    try (Trainer trainer = net().compile(recipe().engine(alone))) {
      for (int step = 0; step < STEPS; step++) {
        for (int part = 0; part < count; part++) {
          trainer.gradients(batch(step * count + part));
        }
        trainer.update();
      }
      one = values(trainer);
    }
    ImmutableList<List<INDArray>> all =
        workers.call(
            worker -> {
              try (Trainer trainer = net().compile(recipe().over(worker))) {
                for (int step = 0; step < STEPS; step++) {
                  trainer.trainOnBatch(batch(step * count + worker.rank()));
                }
                return values(trainer);
              }
            });
    return all.stream().allMatch(one::equals)
        ? STEPS + " of " + count + " workers, equal to the bit to one card that accumulates"
        : "FAILED other bits than one card that accumulates";
  }

  /** The time of an exchange. */
  private String timed(int megabytes) {
    long length = (long) megabytes * MEGABYTE / Float.BYTES;
    List<Double> millis =
        workers.call(
            worker -> {
              List<Variable> variables = List.of(variable(worker.rank(), DataType.FLOAT, length));
              VariableMeans means = worker.means();
              means.take(variables, new double[0], 1);
              means.take(variables, new double[0], 1);
              long begin = System.nanoTime();
              for (int i = 0; i < EXCHANGES; i++) {
                means.take(variables, new double[0], 1);
              }
              return (System.nanoTime() - begin) / 1e6 / EXCHANGES;
            });
    return String.format(Locale.ROOT, "in %.3f ms", millis.get(0));
  }
}
