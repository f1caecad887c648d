package dev.tandem.core.train;

import org.nd4j.linalg.api.buffer.DataType;

/** Names of what goes into and comes out of a step's programs. */
final class StepInputNames {

  static final String TOTAL = "loss";
  static final String SHARE = "share:";

  private StepInputNames() {}

  static String input(String name) {
    return "input:" + name;
  }

  static String target(String head) {
    return "target:" + head;
  }

  static String weights(String head) {
    return "weights:" + head;
  }

  /** The mask that goes along with an output. */
  static String mask(String name) {
    return "mask:" + name;
  }

  static String output(String name) {
    return "output:" + name;
  }

  static String loss(String head) {
    return "loss:" + head;
  }

  /** The share of the gradient computed now in the mean. */
  static String share(DataType dtype) {
    return SHARE + dtype;
  }
}
