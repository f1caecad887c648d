package dev.tandem.gan.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.train.Trainer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** First values of the weights that steps update: frozen ones, such as a trained trunk, stay. */
final class FirstWeights {

  private FirstWeights() {}

  /**
   * Initializes one network, each weight from the same numbers as in {@link Model#initialize}.
   *
   * @param steps that move the net
   * @param seed of the run
   * @param stream that tells the net from the others of the run
   */
  static void initialize(Model net, Trainer steps, long seed, int stream) {
    long key = CounterRandom.of(seed, stream).key();
    Set<Weight> free = free(Snapshot.of(net, Selection.all()));
    free.removeAll(new HashSet<>(steps.model().weights())); // what steps compute is up to them
    free.addAll(free(steps.snapshot()));
    List<Weight> weights = net.weights();
    for (int i = 0; i < weights.size(); i++) {
      if (free.contains(weights.get(i))) {
        weights.get(i).initialize(CounterRandom.of(key, i).key());
      }
    }
  }

  private static Set<Weight> free(Snapshot snapshot) {
    Set<Weight> free = new HashSet<>(snapshot.moved());
    free.addAll(snapshot.movedState());
    return free;
  }
}
