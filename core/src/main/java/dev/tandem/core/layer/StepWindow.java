package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/**
 * The window of a convolution or a pooling of sequences, as its layer was configured. Sequences
 * (batch, steps, channels) are images (batch, 1, steps, channels) to the ops: the same elements in
 * the same order.
 *
 * @param size steps in it
 * @param stride steps from one place of the window to the next
 * @param dilation steps from one element of the window to its next
 * @param padding what happens at the ends
 */
record StepWindow(int size, int stride, int dilation, Padding padding) {

  static final Setting<Integer> KERNEL =
      Setting.integer("kernel").called("kernel size").checked(Check::positive);
  static final Setting<Integer> WINDOW =
      Setting.integer("window").called("pool window").checked(Check::positive);
  static final Setting<Integer> STRIDE = Setting.integer("stride").checked(Check::positive);
  static final Setting<Integer> DILATION =
      Setting.integer("dilation").otherwise(1).checked(Check::positive);
  static final Setting<Padding> PADDING =
      Setting.of("padding", Padding.class).otherwise(Padding.VALID);

  /**
   * A kernel's window: stride and dilation are 1 and nothing is padded unless set.
   *
   * @throws IllegalStateException if the layer has no kernel size
   */
  static StepWindow ofKernel(StandardLayer<?> layer) {
    LayerSettings settings = layer.settings();
    int size =
        settings
            .find(KERNEL)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        layer
                            + " has no kernel size; set it with kernel(...) before its first"
                            + " call"));
    return of(settings, size, 1);
  }

  /** A pooling window: it steps by its own size and nothing is padded unless set. */
  static StepWindow ofPool(LayerSettings settings) {
    int size = settings.get(WINDOW);
    return of(settings, size, size);
  }

  private static StepWindow of(LayerSettings settings, int size, int otherStride) {
    return new StepWindow(
        size,
        settings.find(STRIDE).orElse(otherStride),
        settings.get(DILATION),
        settings.get(PADDING));
  }

  /** The walk over (batch, 1, steps, channels). */
  ConvGeometry over(Shape image) {
    return padding.over(image, new Window(1, size, 1, stride, 1, dilation, padding));
  }

  /** The steps from the window's first to its last. */
  int span() {
    return (size - 1) * dilation + 1;
  }

  /** The shape of one number per window and channel. */
  Shape output(Layer layer, Shape sequence, long channels) {
    if (padding == Padding.VALID && span() > sequence.size(1)) {
      throw layer.reject(
          "needs sequences of at least " + span() + " steps, its window",
          sequence,
          "choose a smaller window or padding(SAME)");
    }
    ConvGeometry geometry = over(image(sequence));
    return Shape.of(sequence.size(0), geometry.outputWidth(sequence.size(1), size), channels);
  }

  /** (batch, steps, channels) as (batch, 1, steps, channels). */
  static Shape image(Shape sequence) {
    return Shape.of(sequence.size(0), 1, sequence.size(1), sequence.size(2));
  }

  /** A sequence as an image of one row. */
  static Value image(Ops ops, Value sequence) {
    return ops.reshape(sequence, image(sequence.shape()));
  }

  /** A kernel (window, …) as one of images, (1, window, …). */
  static Value row(Ops ops, Value kernel) {
    return ops.reshape(kernel, kernel.shape().prepend(1));
  }

  /** An image of one row as a sequence. */
  static Value sequence(Ops ops, Value image) {
    return ops.reshape(image, image.shape().without(1));
  }
}
