package dev.tandem.gan.net;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.ClassConcatenation;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dot;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.tensor.Shape;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/** The two usual ways to tell a net the class of a sample, to build nets with. */
public final class ClassInputs {

  private ClassInputs() {}

  /** An input of labels: int32 (batch). */
  public static Input label(String name) {
    return Input.of(name, Shape.scalar(), DataType.INT32);
  }

  /**
   * The class as ones and zeros behind the last axis of x, at every place (Mirza, Osindero, 2014,
   * arXiv:1411.1784).
   *
   * @param x (batch, …, channels)
   * @return (batch, …, channels + classes)
   */
  public static SymbolicTensor concatenate(SymbolicTensor x, SymbolicTensor label, int classes) {
    return ClassConcatenation.classes(classes).apply(x, label);
  }

  /**
   * The score of a projection discriminator: {@code ψ(features) + ⟨embedding of the class,
   * features⟩} (Miyato, Koyama, 2018, arXiv:1802.05637).
   *
   * @param features (batch, size)
   * @param name of the two layers, which get {@code _score} and {@code _classes} behind it
   * @return (batch, 1)
   */
  public static SymbolicTensor projection(
      SymbolicTensor features, SymbolicTensor label, int classes, String name) {
    return projection(features, label, classes, name, UnaryOperator.identity());
  }

  /**
   * The score of a projection discriminator with something around ψ and the embedding: {@code
   * SpectralNormalization::of} as the paper has it, which normalizes all weights.
   *
   * @param features (batch, size)
   * @param name of the two layers, which get {@code _score} and {@code _classes} behind it
   * @param wrap what stands around each of the two
   * @return (batch, 1)
   */
  public static SymbolicTensor projection(
      SymbolicTensor features,
      SymbolicTensor label,
      int classes,
      String name,
      UnaryOperator<Layer> wrap) {
    int size = (int) features.shape().size(-1);
    SymbolicTensor score = wrap.apply(Dense.units(1).named(name + "_score")).apply(features);
    SymbolicTensor direction =
        wrap.apply(
                Embedding.of(classes, size).dtype(features.spec().dtype()).named(name + "_classes"))
            .apply(label);
    return Add.of().apply(score, Dot.axes(1).apply(features, direction));
  }
}
