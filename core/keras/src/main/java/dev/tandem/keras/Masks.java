package dev.tandem.keras;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Unmasking;
import java.util.List;
import java.util.Set;

/** Where masks end in Keras, which says so when a model is built and goes on without them. */
final class Masks {

  private static final Set<String> MERGES =
      Set.of("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract");

  /** Classes with {@code supports_masking}, apart from those that merge. */
  private static final Set<String> CARRYING =
      Set.of(
          "Activation",
          "AlphaDropout",
          "BatchNormalization",
          "Bidirectional",
          "Dense",
          "Dot",
          "Dropout",
          "ELU",
          "GRU",
          "GaussianDropout",
          "GaussianNoise",
          "GlobalAveragePooling1D",
          "GroupNormalization",
          "Identity",
          "LSTM",
          "LayerNormalization",
          "LeakyReLU",
          "Masking",
          "MultiHeadAttention",
          "Normalization",
          "PReLU",
          "ReLU",
          "Rescaling",
          "SimpleRNN",
          "Softmax",
          "SpatialDropout1D",
          "TimeDistributed",
          "UnitNormalization");

  private Masks() {}

  /** The inputs of a layer, without their masks where Keras takes no notice of them. */
  static List<SymbolicTensor> asInKeras(LayerPlan plan, List<SymbolicTensor> inputs) {
    long masked = inputs.stream().filter(SymbolicTensor::isMasked).count();
    boolean some = masked > 0 && masked < inputs.size();
    boolean ends =
        MERGES.contains(plan.kerasClass()) ? some : !CARRYING.contains(plan.kerasClass());
    if (masked == 0 || !ends) {
      return inputs;
    }
    if (!plan.kerasClass().equals("Flatten")) {
      plan.note(
          some
              ? "gets inputs with and without a mask, of which Keras hands none on"
              : "ends the mask of its input, as Keras does with a warning: padding is data to it");
    }
    return inputs.stream()
        .map(input -> input.isMasked() ? Unmasking.of().apply(input) : input)
        .toList();
  }
}
