package dev.tandem.dl4j;

/** Axes of DL4J's tensors as axes of those here. */
final class VertexAxes {

  private static final int[] IMAGE = {0, 3, 1, 2};
  private static final int[] SEQUENCE = {0, 2, 1};

  private VertexAxes() {}

  /** An axis of an image; the same one where DL4J has channels last, too. */
  static int ofImage(int axis, boolean channelsLast) {
    return channelsLast ? axis : IMAGE[axis];
  }

  /** An axis of a tensor of this form; -1 if it has none such. */
  static int of(Form form, int axis, boolean channelsLast) {
    return switch (form) {
      case IMAGE -> axis > 0 && axis < IMAGE.length ? ofImage(axis, channelsLast) : -1;
      case SEQUENCE -> axis > 0 && axis < SEQUENCE.length ? SEQUENCE[axis] : -1;
      default -> axis == 1 ? 1 : -1;
    };
  }
}
