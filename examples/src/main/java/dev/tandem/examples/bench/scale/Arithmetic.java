package dev.tandem.examples.bench.scale;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;

/**
 * The floating point operations that dense and convolutional layers ask for by their shapes: two
 * for each product, borders counted as if they were inside. What grows slower than these, biases,
 * activations, norms and updates, is not counted.
 */
final class Arithmetic {

  private static final int BYTES = 4;

  private Arithmetic() {}

  /**
   * Of one sample's way forward through each layer with a kernel, in order. The gradient of the
   * kernel takes as many, and that of the input as well.
   *
   * @throws IllegalArgumentException for a layer with a kernel that is none of those above
   */
  static ImmutableList<Long> forward(Model model) {
    return model.graph().nodes().stream()
        .filter(node -> node.operation() instanceof Layer layer && hasKernel(layer))
        .map(Arithmetic::forward)
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean hasKernel(Layer layer) {
    return layer.weights().stream().anyMatch(weight -> weight.name().equals("kernel"));
  }

  private static long forward(Node node) {
    Layer layer = (Layer) node.operation();
    long products = layer.weight("kernel").length();
    if (layer instanceof Dense || layer instanceof Conv2D) {
      return 2 * products * positions(node.outputs().get(0).shape());
    }
    if (layer instanceof Conv2DTranspose) {
      return 2 * products * positions(node.inputs().get(0).shape());
    }
    throw new IllegalArgumentException("the operations of " + layer + " are not counted");
  }

  /** How often a kernel is applied: once for each place of the map, whose last axis is channels. */
  private static long positions(Shape map) {
    Shape sample = map.sample();
    return sample.length() / sample.size(sample.rank() - 1);
  }

  /**
   * Of one sample in a step of both sides: the generator forward, the discriminator forward and its
   * kernels' gradients on real and on fake; then both forward, the discriminator's inputs'
   * gradients and the generator's gradients. Nobody asks for the gradient of the first layer's
   * input where a net stands first.
   */
  static long step(Model generator, Model discriminator) {
    ImmutableList<Long> g = forward(generator);
    ImmutableList<Long> d = forward(discriminator);
    long all = sum(d);
    long discriminatorStep = sum(g) + 2 * (all + all + all - d.get(0));
    long generatorStep = sum(g) + all + all + sum(g) + sum(g) - g.get(0);
    return discriminatorStep + generatorStep;
  }

  /**
   * Bytes that a step may need in the least favorable case, when nothing is reused: what layers put
   * out and its gradients in every call, and the weights with gradients and two moments.
   */
  static long bytes(Model generator, Model discriminator, int batch) {
    long activations = outputs(generator) + 2 * outputs(discriminator);
    long weights = lengths(generator) + lengths(discriminator);
    return BYTES * (2 * 2 * activations * batch + 4 * weights);
  }

  private static long outputs(Model model) {
    return model.graph().nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .mapToLong(output -> output.shape().sample().length())
        .sum();
  }

  private static long lengths(Model model) {
    return model.weights().stream().mapToLong(Weight::length).sum();
  }

  private static long sum(ImmutableList<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }
}
