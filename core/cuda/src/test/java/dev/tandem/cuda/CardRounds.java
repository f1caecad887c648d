package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Rounds of a recipe on a card, held against the same rounds on the host. */
public final class CardRounds {

  private static final double LOSS = 1e-3;

  /**
   * Of the change of a weight. Few samples make few numbers, and rounding can bring one of them to
   * the other side of a relu's corner; a kernel that is wrong is off by the change itself.
   */
  private static final double GRADIENT = 0.1;

  /** What rounding makes of weights without gradients, as biases before a norm. */
  private static final double FLOOR = 1e-6;

  private CardRounds() {}

  /**
   * Two rounds as the recipe says, whose losses have to agree, and one by plain gradients, after
   * which all weights have to.
   */
  public static void check(AdversarialTraining recipe, List<Dataset> data) {
    HostDevice device = Cards.host();
    Engine card = new CudaEngine(device);
    Engine host = new PlanEngine();
    AdversarialTraining own = recipe.initializing().seed(3);
    List<Round> wanted = run(own.engine(host), data, 2);
    List<Round> got = run(own.engine(card), data, 2);
    for (int i = 0; i < wanted.size(); i++) {
      assertClose(got.get(i).discriminatorLoss(), wanted.get(i).discriminatorLoss());
      assertClose(got.get(i).generatorLoss(), wanted.get(i).generatorLoss());
    }
    // Adam makes a whole step of a gradient that is nothing but rounding
    AdversarialTraining plain = own.optimizers(Optimizers.both(Sgd.rate(0.01)));
    run(plain.engine(host), data, 0);
    Map<String, double[]> before = weights(plain);
    run(plain.engine(host), data, 1);
    Map<String, double[]> after = weights(plain);
    run(plain.engine(card), data, 1);
    compare(before, after, weights(plain));
    assertThat(device.allocations()).isZero();
  }

  private static void assertClose(double got, double wanted) {
    if (!Double.isNaN(wanted)) {
      assertThat(got).isCloseTo(wanted, within(LOSS * Math.max(1, Math.abs(wanted))));
    }
  }

  private static List<Round> run(AdversarialTraining recipe, List<Dataset> data, int count) {
    List<Round> rounds = new ArrayList<>();
    try (AdversarialTrainer trainer =
        data.size() == 1 ? recipe.start(data.get(0)) : recipe.start(data.get(0), data.get(1))) {
      for (int i = 0; i < count; i++) {
        rounds.add(trainer.round());
      }
    }
    return rounds;
  }

  private static Map<String, double[]> weights(AdversarialTraining recipe) {
    Map<String, double[]> all = new LinkedHashMap<>();
    recipe
        .pair()
        .directions()
        .forEach(
            direction -> {
              add(all, direction.generator());
              add(all, direction.discriminator());
            });
    return all;
  }

  private static void add(Map<String, double[]> all, Model model) {
    for (Weight weight : model.weights()) {
      double[] values = weight.values().castTo(DataType.DOUBLE).ravel().toDoubleVector();
      all.put(model.name() + "/" + weight.name() + " " + all.size(), values);
    }
  }

  private static void compare(
      Map<String, double[]> before, Map<String, double[]> wanted, Map<String, double[]> got) {
    int moved = 0;
    for (String name : wanted.keySet()) {
      double change = distance(before.get(name), wanted.get(name));
      moved += change > 0 ? 1 : 0;
      assertThat(distance(got.get(name), wanted.get(name)))
          .as("%s, which moves by %s", name, change)
          .isLessThanOrEqualTo(GRADIENT * change + FLOOR);
    }
    assertThat(moved)
        .as("weights of %s that moved", wanted.size())
        .isGreaterThan(wanted.size() / 2);
  }

  /** The root of the mean square. */
  private static double distance(double[] one, double[] other) {
    assertThat(one).hasSameSizeAs(other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum / Math.max(1, one.length));
  }
}
