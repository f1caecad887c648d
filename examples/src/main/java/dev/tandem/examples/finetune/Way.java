package dev.tandem.examples.finetune;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.ParameterGroup;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.function.BiFunction;

/**
 * A way to train a net whose trunk comes from elsewhere.
 *
 * @param name what is written for it
 * @param fromMnist whether the trunk was trained before
 * @param compiling makes the trainer
 */
record Way(String name, boolean fromMnist, BiFunction<TunedNet, Training, Trainer> compiling) {

  // region ways
  static final ImmutableList<Way> ALL =
      ImmutableList.of(
          new Way("new trunk, all moves", false, (net, recipe) -> net.model().compile(recipe)),
          new Way(
              "trunk.setTrainable(false)",
              true,
              (net, recipe) -> {
                net.trunk().setTrainable(false);
                return net.model().compile(recipe);
              }),
          new Way(
              "only(head)", true, (net, recipe) -> net.model().compile(recipe.only(net.head()))),
          new Way(
              "flags of all layers",
              true,
              (net, recipe) -> {
                for (Operation each : net.trunk().layers()) {
                  ((Layer) each).setTrainable(false);
                }
                return net.model().compile(recipe);
              }),
          new Way(
              "only(head).inference(trunk)",
              true,
              (net, recipe) -> net.model().compile(recipe.only(net.head()).inference(net.trunk()))),
          new Way("trunk of MNIST, all moves", true, (net, recipe) -> net.model().compile(recipe)),
          new Way(
              "the same, trunk at a tenth of the rate",
              true,
              (net, recipe) ->
                  net.model()
                      .compile(recipe.groups(ParameterGroup.of(net.trunk()).rateFactor(0.1)))));

  // endregion

  /**
   * A net in this way's form.
   *
   * @param trained the trunk, of which a copy is taken
   * @param seed of what is new
   */
  TunedNet net(Model trained, long seed) {
    Model trunk = fromMnist ? trained.copy("trunk") : TunedNet.newTrunk().initialize(seed);
    return TunedNet.on(trunk, seed);
  }

  /** The trainer. */
  Trainer compile(TunedNet net, Training recipe) {
    return compiling.apply(net, recipe);
  }

  @Override
  public String toString() {
    return name;
  }
}
