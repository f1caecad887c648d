package dev.tandem.gan.objective.critic;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The discriminator and its samples in a step, for losses, penalties and the like: real samples and
 * fakes as they are judged (packed and augmented) and a critic to call on others. Scores are built
 * when first asked for, once.
 */
public final class CriticContext {

  private final UnaryOperator<SymbolicTensor> critic;
  private final BiFunction<String, SymbolicTensor, SymbolicTensor> layers;
  private final Supplier<SymbolicTensor> real;
  private final SymbolicTensor fake;
  private final String suffix;
  private final List<Layer> updated = new ArrayList<>();
  private @Nullable SymbolicTensor realScores;
  private @Nullable SymbolicTensor fakeScores;

  /**
   * A context; of several in a step each has an ending of its own.
   *
   * @param critic a call of the discriminator, with the batch's labels if there are some
   * @param layers the output of a layer of the discriminator, by its name, for samples
   * @param real (batch, …), asked for once, by those alone who need them
   * @param fake (batch, …), through which no gradient reaches the generator in the discriminator's
   *     step
   * @param suffix the ending of the names of layers with state
   */
  public CriticContext(
      UnaryOperator<SymbolicTensor> critic,
      BiFunction<String, SymbolicTensor, SymbolicTensor> layers,
      Supplier<SymbolicTensor> real,
      SymbolicTensor fake,
      String suffix) {
    this.critic = critic;
    this.layers = layers;
    this.real = Suppliers.memoize(real::get);
    this.fake = fake;
    this.suffix = suffix;
  }

  /** A name for a layer with state, which no other context of the step gives. */
  public String named(String layer) {
    return layer + suffix;
  }

  /** Real samples: (batch, …). */
  public SymbolicTensor real() {
    return real.get();
  }

  /** Fakes: (batch, …). */
  public SymbolicTensor fake() {
    return fake;
  }

  /** The scores of real samples. */
  public SymbolicTensor realScores() {
    if (realScores == null) {
      realScores = critic.apply(real());
    }
    return realScores;
  }

  /** The scores of fakes. */
  public SymbolicTensor fakeScores() {
    if (fakeScores == null) {
      fakeScores = critic.apply(fake);
    }
    return fakeScores;
  }

  /** The scores of any samples like these. */
  public SymbolicTensor scores(SymbolicTensor samples) {
    return critic.apply(samples);
  }

  /**
   * The output of a layer of the discriminator for samples like these.
   *
   * @param layer its name
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public SymbolicTensor features(String layer, SymbolicTensor samples) {
    return layers.apply(layer, samples);
  }

  /** Lets the discriminator's step update the state of a layer that is not in the discriminator. */
  public void updates(Layer layer) {
    updated.add(layer);
  }

  /** The layers whose state is updated besides the discriminator's own. */
  public ImmutableList<Layer> updated() {
    return ImmutableList.copyOf(updated);
  }
}
