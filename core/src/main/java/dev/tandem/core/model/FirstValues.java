package dev.tandem.core.model;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.random.CounterRandom;
import java.util.List;

/** First values of a model's weights, each by the seed and its place in the model. */
final class FirstValues {

  private FirstValues() {}

  /**
   * Sets them.
   *
   * @param all whether weights that have values already get others, too
   * @return whether there was a weight without values
   */
  static boolean set(Model model, long seed, boolean all) {
    List<Weight> weights = model.weights();
    boolean any = false;
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      if (all || weight.isNew()) {
        weight.initialize(CounterRandom.of(seed, i).key());
        any = true;
      }
    }
    return any;
  }
}
