package dev.tandem.gan.objective;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One drawing of a step, for penalties and the like: the samples as the discriminator gets them
 * (packed and augmented) and a critic to call on others. Scores are drawn when first asked for,
 * once.
 */
public final class CriticContext {

  private final UnaryOperator<SymbolicTensor> critic;
  private final BiFunction<String, SymbolicTensor, SymbolicTensor> layers;
  private final SymbolicTensor real;
  private final SymbolicTensor fake;
  private final String suffix;
  private final List<Layer> moving = new ArrayList<>();
  private @Nullable SymbolicTensor realScores;
  private @Nullable SymbolicTensor fakeScores;

  /**
   * A scene.
   *
   * @param critic draws a call of the discriminator, with the batch's labels if there are some
   * @param layers draws what a layer of the discriminator, by its name, makes of samples
   * @param real (batch, …)
   * @param fake (batch, …), through which no gradient reaches the generator in the discriminator's
   *     step
   */
  public CriticContext(
      UnaryOperator<SymbolicTensor> critic,
      BiFunction<String, SymbolicTensor, SymbolicTensor> layers,
      SymbolicTensor real,
      SymbolicTensor fake) {
    this(critic, layers, real, fake, "");
  }

  /**
   * One of several scenes in a step.
   *
   * @param suffix what the names of layers in this scene end with
   */
  public CriticContext(
      UnaryOperator<SymbolicTensor> critic,
      BiFunction<String, SymbolicTensor, SymbolicTensor> layers,
      SymbolicTensor real,
      SymbolicTensor fake,
      String suffix) {
    this.critic = critic;
    this.layers = layers;
    this.real = real;
    this.fake = fake;
    this.suffix = suffix;
  }

  /** A name for a layer with state, which no other scene of the step gives. */
  public String named(String layer) {
    return layer + suffix;
  }

  /** Real samples: (batch, …). */
  public SymbolicTensor real() {
    return real;
  }

  /** Fakes: (batch, …). */
  public SymbolicTensor fake() {
    return fake;
  }

  /** The scores of real samples. */
  public SymbolicTensor realScores() {
    if (realScores == null) {
      realScores = critic.apply(real);
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
   * What a layer of the discriminator makes of samples like these.
   *
   * @param layer its name
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public SymbolicTensor features(String layer, SymbolicTensor samples) {
    return layers.apply(layer, samples);
  }

  /** Lets the discriminator's step move the state of a layer that is not in the discriminator. */
  public void moves(Layer layer) {
    moving.add(layer);
  }

  /** The layers whose state moves besides the discriminator's own. */
  public ImmutableList<Layer> moving() {
    return ImmutableList.copyOf(moving);
  }
}
