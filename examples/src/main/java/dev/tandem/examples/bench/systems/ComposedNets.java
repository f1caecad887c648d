package dev.tandem.examples.bench.systems;

import static dev.tandem.core.activation.Activations.gelu;
import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.norm;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.MultiHeadAttention;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.PositionEmbedding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Nets of sequences, of pairs and with shortcuts. */
final class ComposedNets {

  private static final int WIDTH = 128;
  private static final Activation RELU = Activations.relu();
  private static final int VOCABULARY = 256;

  private ComposedNets() {}

  /** An LSTM of 128 units over 400 steps of 32 features, and ten classes. */
  static Model sequenceClassifier() {
    return Model.sequential(
        "classifier", Input.of("steps", 400, 32), LSTM.units(WIDTH), Dense.units(10));
  }

  /** The distance of two images in what one net makes of both. */
  static Model siamese() {
    Model embedding =
        Model.sequential(
            "embedding",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(32).kernel(3).stride(2).padding(Padding.SAME).activation(RELU),
            Conv2D.filters(64).kernel(3).stride(2).padding(Padding.SAME).activation(RELU),
            Flatten.of(),
            Dense.units(WIDTH));
    Input left = Input.of("left", 28, 28, 1);
    Input right = Input.of("right", 28, 28, 1);
    SymbolicTensor apart = subtract(embedding.apply(left), embedding.apply(right));
    SymbolicTensor distance = Reshape.of(1).named("distance").apply(norm(apart, 1e-12));
    return Model.of("siamese", List.of(left, right), List.of(distance));
  }

  /** Four layers with the norm in front (Xiong et al., 2020, arXiv:2002.04745), causal. */
  static Model languageModel() {
    Input tokens = Input.of("tokens", Shape.of(128), DataType.INT32);
    SymbolicTensor x = Embedding.of(VOCABULARY, WIDTH).apply(tokens);
    x = PositionEmbedding.length(128).apply(x);
    for (int layer = 0; layer < 4; layer++) {
      SymbolicTensor seen = LayerNormalization.of().epsilon(1e-5).apply(x);
      x = add(x, MultiHeadAttention.of(4, WIDTH / 4).causal(true).apply(seen));
      SymbolicTensor wide =
          Dense.units(4 * WIDTH)
              .activation(gelu())
              .apply(LayerNormalization.of().epsilon(1e-5).apply(x));
      x = add(x, Dense.units(WIDTH).apply(wide));
    }
    SymbolicTensor last = LayerNormalization.of().epsilon(1e-5).apply(x);
    return Model.of("language_model", tokens, Dense.units(VOCABULARY).apply(last));
  }

  /** ResNet-20 for images of 32 x 32 x 3 (He et al., 2015, arXiv:1512.03385, 4.2). */
  static Model resnet20() {
    Input image = Input.of("image", 32, 32, 3);
    SymbolicTensor x = relu(normed(image, 16, 3, 1));
    for (int filters = 16; filters <= 64; filters *= 2) {
      for (int block = 0; block < 3; block++) {
        int stride = filters > 16 && block == 0 ? 2 : 1;
        SymbolicTensor inner = normed(relu(normed(x, filters, 3, stride)), filters, 3, 1);
        SymbolicTensor shortcut = stride == 1 ? x : normed(x, filters, 1, stride);
        x = relu(add(inner, shortcut));
      }
    }
    return Model.of("resnet20", image, Dense.units(10).apply(GlobalAveragePooling2D.of().apply(x)));
  }

  private static SymbolicTensor normed(SymbolicTensor x, int filters, int kernel, int stride) {
    return BatchNormalization.of()
        .epsilon(1e-5)
        .apply(
            Conv2D.filters(filters)
                .kernel(kernel)
                .stride(stride)
                .padding(Padding.SAME)
                .bias(false)
                .apply(x));
  }

  private static SymbolicTensor relu(SymbolicTensor x) {
    return ActivationLayer.of(RELU).apply(x);
  }
}
