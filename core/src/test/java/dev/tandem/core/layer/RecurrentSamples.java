package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} that go along sequences with a state. */
final class RecurrentSamples {

  private static final Shape STEPS = Shape.of(2, 2);
  private static final Shape STATE = Shape.of(2);

  private RecurrentSamples() {}

  static ImmutableList<LayerSample> all() {
    return ImmutableList.of(
        LayerSample.of("gru", () -> GRU.units(2), STEPS).params(12 + 12 + 12),
        LayerSample.of(
                "gru with reset before, states and sequences",
                () -> GRU.units(2).resetAfter(false).returnSequences(true).returnState(true),
                STEPS,
                STATE)
            .params(12 + 12 + 6),
        LayerSample.of(
            "gru in reverse without bias",
            () -> GRU.units(1).reverse(true).bias(false).returnSequences(true),
            STEPS),
        LayerSample.of("simple rnn", () -> SimpleRNN.units(2).reverse(true), STEPS).params(10),
        LayerSample.of(
                "lstm with states",
                () -> LSTM.units(2).reverse(true).returnSequences(true).returnState(true),
                STEPS,
                STATE,
                STATE)
            .params(40),
        LayerSample.of(
                "bidirectional lstm",
                () -> Bidirectional.of(LSTM.units(1).returnSequences(true)),
                STEPS)
            .params(2 * 16),
        LayerSample.of(
                "bidirectional rnn with states",
                () ->
                    Bidirectional.of(SimpleRNN.units(2).returnSequences(true).returnState(true))
                        .merge(MergeMode.AVERAGE),
                STEPS,
                STATE,
                STATE)
            .params(20));
  }
}
