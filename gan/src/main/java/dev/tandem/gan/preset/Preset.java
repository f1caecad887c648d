package dev.tandem.gan.preset;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A named recipe for samples of some shapes: {@code Presets.named("r3gan").on(data).seed(1)}.
 *
 * @param name as in {@code wgan-gp}
 * @param summary what it is, in a few words
 * @param recipe over new nets for a sample's shape, each time it is asked
 */
public record Preset(String name, String summary, Function<Shape, AdversarialTraining> recipe) {

  /**
   * The recipe for samples of a shape, over new nets whose first weights follow from its seed:
   * images (28, 28, channels), (32, 32, channels) and the like, or points (n); for presets that
   * translate (height, width, channels).
   *
   * @throws IllegalArgumentException if the preset has no nets for it
   */
  public AdversarialTraining forSamples(Shape sample) {
    return recipe.apply(sample).initializing();
  }

  /**
   * The recipe for the samples of a data set, its first input; presets that translate make samples
   * of the shape of what they start from.
   *
   * @throws IllegalArgumentException if the preset has no nets for them
   */
  public AdversarialTraining on(Dataset data) {
    INDArray samples = data.inputs().values().iterator().next();
    return forSamples(Shape.of(samples.shape()).sample());
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
