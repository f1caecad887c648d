package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer whose last steps are a bias and an activation. Weights: bias, behind those of its own.
 *
 * @param <S> the layer's own class
 */
abstract class BiasedLayer<S extends BiasedLayer<S>> extends SimpleLayer<S> {

  private static final Setting<Activation> ACTIVATION = Setting.of("activation", Activation.class);
  private static final Setting<Boolean> USE_BIAS = Setting.flag("bias").otherwise(true);
  private static final ParameterSettings BIAS = ParameterSettings.of("bias", Initializers.zeros());
  private static final Setting<Regularizer> ACTIVITY =
      Setting.of("activityRegularizer", Regularizer.class);

  private @Nullable Weight bias;

  BiasedLayer(LayerSettings settings) {
    super(settings);
  }

  /** The function applied to the sum; linear without one. */
  public final S activation(Activation activation) {
    return set(ACTIVATION, activation);
  }

  /** Whether a bias is added; true unless set. */
  public final S bias(boolean bias) {
    return set(USE_BIAS, bias);
  }

  /** The bias's first values; zeros unless set. */
  public final S biasInitializer(Initializer initializer) {
    return set(BIAS.initializer(), initializer);
  }

  /** A penalty on the bias; none unless set. */
  public final S biasRegularizer(Regularizer regularizer) {
    return set(BIAS.regularizer(), regularizer);
  }

  /**
   * A penalty on the output, once per call and divided by the batch size, also where the layer is
   * called on each step of sequences; none unless set.
   */
  public final S activityRegularizer(Regularizer regularizer) {
    return set(ACTIVITY, regularizer);
  }

  /** Declares the bias, of as many elements as there are output channels, if there is one. */
  final void declareBias(long channels, DataType dtype) {
    if (get(USE_BIAS)) {
      bias = parameter(BIAS, Shape.of(channels), dtype);
    }
  }

  /** What comes last: bias, activation, activity penalty. */
  final Value finish(LayerCall forward, Value y) {
    return finish(forward, y, forward.rowsPerSample());
  }

  /**
   * What comes last, on an output of more rows than the input has.
   *
   * @param rowsPerSample how many of its rows belong to one sample
   */
  final Value finish(LayerCall forward, Value y, long rowsPerSample) {
    Value out = bias == null ? y : forward.ops().add(y, forward.weight(bias));
    Activation activation = find(ACTIVATION).orElse(null);
    if (activation != null) {
      out = activation.apply(forward.ops(), out);
    }
    Regularizer activity = find(ACTIVITY).orElse(null);
    if (activity != null) {
      Value penalty = activity.penalty(forward.ops(), out);
      double samples = (double) out.shape().size(0) / rowsPerSample;
      forward.addLoss(forward.ops().scale(penalty, 1 / samples));
    }
    return out;
  }
}
