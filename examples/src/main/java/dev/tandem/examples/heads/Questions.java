package dev.tandem.examples.heads;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images with the answers to two questions: which digit, and whether it is odd. */
final class Questions {

  static final String IMAGE = "image";
  static final String DIGIT = "digit";
  static final String PARITY = "parity";

  private final INDArray images;
  private final INDArray digits;
  private final INDArray parities;

  private Questions(INDArray images, INDArray digits, INDArray parities) {
    this.images = images;
    this.digits = digits;
    this.parities = parities;
  }

  /** The answers follow from the labels. */
  static Questions of(LabeledImages labeled) {
    INDArray odd = labeled.labels().castTo(DataType.FLOAT).fmod(2).reshape('c', labeled.size(), 1);
    return new Questions(labeled.images(), labeled.labels(), odd);
  }

  /** Both answers. */
  Dataset both() {
    return Dataset.builder()
        .input(IMAGE, images)
        .target(DIGIT, digits)
        .target(PARITY, parities)
        .build();
  }

  /** Which digit. */
  Dataset digit() {
    return Dataset.builder().input(IMAGE, images).target(DIGIT, digits).build();
  }

  /** Whether it is odd. */
  Dataset parity() {
    return Dataset.builder().input(IMAGE, images).target(PARITY, parities).build();
  }
}
