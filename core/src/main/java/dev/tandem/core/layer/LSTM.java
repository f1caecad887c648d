package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.recurrent.LongShortTermCell;
import dev.tandem.core.op.recurrent.RecurrentCell;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Long short-term memory (Hochreiter, Schmidhuber, 1997; with the forget gate of Gers et al.,
 * 2000): (batch, time, features) to the last state (batch, units), or to all of them, (batch, time,
 * units). Weights: kernel (features, 4 · units), recurrent_kernel (units, 4 · units), bias (4 ·
 * units), each with the gates in the order input, forget, cell, output.
 *
 * <p>With σ for the recurrent activation and φ for the activation: {@code z = x · kernel + h ·
 * recurrent_kernel + bias}, cut into four; {@code c ← σ(forget) · c + σ(input) · φ(cell)}; {@code h
 * ← σ(output) · φ(c)}. h and c begin with zeros, or with what it is called on behind the sequence;
 * with {@link #returnState} the last h and c are further outputs. The number of steps has to be
 * known when it is called.
 */
public final class LSTM extends RecurrentLayer<LSTM> {

  private static final Setting<Activation> RECURRENT_ACTIVATION =
      Setting.of("recurrentActivation", Activation.class).otherwise(Activations.sigmoid());
  private static final Setting<Boolean> UNIT_FORGET_BIAS =
      Setting.flag("unitForgetBias").otherwise(true);

  LSTM(LayerSettings settings) {
    super(settings);
  }

  /** A layer with a state of this size, at least 1. */
  public static LSTM units(int units) {
    return new LSTM(sized(units));
  }

  /** The function of the gates; sigmoid unless set. */
  public LSTM recurrentActivation(Activation activation) {
    return set(RECURRENT_ACTIVATION, activation);
  }

  /** Whether the forget gate's bias begins with ones (Jozefowicz et al., 2015); true unless set. */
  public LSTM unitForgetBias(boolean ones) {
    return set(UNIT_FORGET_BIAS, ones);
  }

  @Override
  RecurrentCell cell() {
    return new LongShortTermCell(units(), activation(), get(RECURRENT_ACTIVATION));
  }

  @Override
  Initializer firstBias(Initializer initializer) {
    return get(UNIT_FORGET_BIAS) ? new UnitForget(initializer) : initializer;
  }

  /** Ones in the second quarter. */
  private record UnitForget(Initializer others) implements Initializer {
    @Override
    public void fill(INDArray array, CounterRandom random) {
      others.fill(array, random);
      long units = array.length() / 4;
      array.get(NDArrayIndex.interval(units, 2 * units)).assign(1);
    }
  }
}
