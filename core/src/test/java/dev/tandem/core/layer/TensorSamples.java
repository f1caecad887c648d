package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/** The functions of {@link Tensors} as layers. */
final class TensorSamples {

  private static final Shape VECTOR = Shape.of(3);

  private static final ImmutableList<LayerSample> ALL =
      ImmutableList.of(
          of(TensorFunction.Kind.ADD, LayerSettings.none(), Shape.of(2, 3), Shape.of(1, 3)),
          of(TensorFunction.Kind.SUBTRACT, LayerSettings.none(), VECTOR, VECTOR),
          of(TensorFunction.Kind.MULTIPLY, LayerSettings.none(), VECTOR, Shape.of(1)),
          of(TensorFunction.Kind.SCALE, LayerSettings.of(TensorFunction.FACTOR, -1.5), VECTOR),
          of(TensorFunction.Kind.SHIFT, LayerSettings.of(TensorFunction.TERM, 0.5), VECTOR),
          of(TensorFunction.Kind.SQUARE, LayerSettings.none(), VECTOR),
          of(TensorFunction.Kind.SQRT, LayerSettings.none(), VECTOR).onPositive(),
          of(TensorFunction.Kind.SOFTPLUS, LayerSettings.none(), VECTOR),
          of(TensorFunction.Kind.MEAN, LayerSettings.none(), VECTOR),
          of(
              TensorFunction.Kind.SUM,
              LayerSettings.of(TensorFunction.AXES, List.of(1, 2)),
              Shape.of(2, 2, 3)),
          of(
              TensorFunction.Kind.NORM,
              LayerSettings.of(TensorFunction.EPSILON, 1e-3),
              Shape.of(2, 2)),
          of(TensorFunction.Kind.STOP_GRADIENT, LayerSettings.none(), VECTOR),
          of(
              TensorFunction.Kind.RANDOM_NORMAL,
              LayerSettings.of(TensorFunction.SAMPLE, List.of(2)),
              VECTOR),
          of(
              TensorFunction.Kind.RANDOM_UNIFORM,
              LayerSettings.of(TensorFunction.SAMPLE, List.of()),
              VECTOR),
          of(TensorFunction.Kind.GRADIENTS, LayerSettings.none(), VECTOR, VECTOR),
          LayerSample.of(
                  "class behind an image",
                  () -> ClassConcatenation.classes(3),
                  Shape.of(2, 2, 1),
                  Shape.scalar())
              .labels(3),
          LayerSample.of(
                  "class behind a vector",
                  () -> ClassConcatenation.classes(2),
                  VECTOR,
                  Shape.scalar())
              .labels(2)
              .params(0));

  private TensorSamples() {}

  static ImmutableList<LayerSample> all() {
    return ALL;
  }

  private static LayerSample of(TensorFunction.Kind kind, LayerSettings settings, Shape... inputs) {
    return LayerSample.of(kind.typeName(), () -> LayerTypes.make(kind.typeName(), settings), inputs)
        .params(0);
  }
}
