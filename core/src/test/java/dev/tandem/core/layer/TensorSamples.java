package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/** The functions of {@link Tensors} as layers. */
final class TensorSamples {

  private static final Shape VECTOR = Shape.of(3);

  private static final ImmutableList<LayerSample> ALL =
      ImmutableList.of(
          of(TensorFunction.Kind.ADD, Config.empty(), Shape.of(2, 3), Shape.of(1, 3)),
          of(TensorFunction.Kind.SUBTRACT, Config.empty(), VECTOR, VECTOR),
          of(TensorFunction.Kind.MULTIPLY, Config.empty(), VECTOR, Shape.of(1)),
          of(TensorFunction.Kind.SCALE, Config.empty().with("factor", -1.5), VECTOR),
          of(TensorFunction.Kind.SHIFT, Config.empty().with("term", 0.5), VECTOR),
          of(TensorFunction.Kind.SQUARE, Config.empty(), VECTOR),
          of(TensorFunction.Kind.SQRT, Config.empty(), VECTOR).onPositive(),
          of(TensorFunction.Kind.SOFTPLUS, Config.empty(), VECTOR),
          of(TensorFunction.Kind.MEAN, Config.empty(), VECTOR),
          of(
              TensorFunction.Kind.SUM,
              Config.empty().with("axes", List.of(1, 2)),
              Shape.of(2, 2, 3)),
          of(TensorFunction.Kind.NORM, Config.empty().with("epsilon", 1e-3), Shape.of(2, 2)),
          of(TensorFunction.Kind.STOP_GRADIENT, Config.empty(), VECTOR),
          of(TensorFunction.Kind.RANDOM_NORMAL, Config.empty().with("sample", List.of(2)), VECTOR),
          of(TensorFunction.Kind.RANDOM_UNIFORM, Config.empty().with("sample", List.of()), VECTOR),
          of(TensorFunction.Kind.GRADIENTS, Config.empty(), VECTOR, VECTOR),
          LayerSample.of(
                  "class behind an image",
                  () -> ClassConcatenation.of(3),
                  Shape.of(2, 2, 1),
                  Shape.scalar())
              .labels(3),
          LayerSample.of(
                  "class behind a vector", () -> ClassConcatenation.of(2), VECTOR, Shape.scalar())
              .labels(2)
              .params(0));

  private TensorSamples() {}

  static ImmutableList<LayerSample> all() {
    return ALL;
  }

  private static LayerSample of(TensorFunction.Kind kind, Config config, Shape... inputs) {
    return LayerSample.of(kind.typeName(), () -> LayerTypes.make(kind.typeName(), config), inputs)
        .params(0);
  }
}
