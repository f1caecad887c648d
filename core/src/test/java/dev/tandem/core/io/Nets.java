package dev.tandem.core.io;

import com.google.common.primitives.Doubles;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.SampleArrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small models to save, with weights that differ for each seed. */
final class Nets {

  private Nets() {}

  /** (batch, 3) to (batch, 2) in three layers a, b and c. */
  static Model chain(String name, long seed) {
    Input x = Input.of("x", 3);
    SymbolicTensor a = Dense.units(4).activation(Activations.tanh()).named("a").apply(x);
    SymbolicTensor b = Dense.units(5).named("b").apply(a);
    return Model.of(name, x, Dense.units(2).bias(false).named("c").apply(b)).initialize(seed);
  }

  /** (batch, 4) to images (batch, 4, 4, 1). */
  static Model generator(long seed) {
    return Model.sequential(
            "generator",
            Input.of("noise", 4),
            Dense.units(8).named("dense"),
            Reshape.of(2, 2, 2).named("image"),
            BatchNormalization.of().momentum(0.9).named("norm"),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(Padding.SAME).named("conv"))
        .initialize(seed);
  }

  /** Images (batch, 4, 4, 1) to (batch, 1), with dropout and batch normalization. */
  static Model discriminator(long seed) {
    return Model.sequential(
            "discriminator",
            Input.of("image", 4, 4, 1),
            Conv2D.filters(2).kernel(3).stride(2).padding(Padding.SAME).named("conv"),
            BatchNormalization.of().momentum(0.9).named("norm"),
            Dropout.rate(0.3).named("dropout"),
            Flatten.of().named("flatten"),
            Dense.units(1).activation(Activations.sigmoid()).named("dense"))
        .initialize(seed);
  }

  /** The discriminator on the generator. */
  static Model gan(Model generator, Model discriminator) {
    return Model.sequential("gan", Input.of("noise", 4), generator, discriminator);
  }

  /** Two inputs through one layer, and two outputs. */
  static Model siamese(long seed) {
    Input left = Input.of("left", 3);
    Input right = Input.of("right", 3);
    Dense shared = Dense.units(4).activation(Activations.leakyRelu(0.2)).named("shared");
    SymbolicTensor both =
        Concatenate.of().named("both").apply(shared.apply(left), shared.apply(right));
    SymbolicTensor near = Dense.units(1).named("near").apply(both);
    SymbolicTensor kind = Dense.units(2).named("kind").apply(both);
    return Model.of("siamese", List.of(left, right), List.of(near, kind)).initialize(seed);
  }

  /** The values of all weights by path, exactly. */
  static Map<String, List<Double>> values(Model model) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    model.weightsByPath().forEach((path, weight) -> values.put(path, values(weight.values())));
    return values;
  }

  /** The values of an array, exactly; arrays themselves are compared with a tolerance. */
  static List<Double> values(INDArray array) {
    return Doubles.asList(array.castTo(DataType.DOUBLE).dup('c').data().asDouble());
  }

  /** Changes every weight. */
  static void disturb(Model model) {
    for (Weight weight : model.weights()) {
      weight.set(weight.values().addi(1));
    }
  }

  /** Numbers that a seed determines. */
  static INDArray numbers(long seed, long... shape) {
    return SampleArrays.normal(seed, shape).castTo(DataType.FLOAT);
  }
}
