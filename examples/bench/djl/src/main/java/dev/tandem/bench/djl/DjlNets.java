package dev.tandem.bench.djl;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/** The nets of the tasks that DJL can do. */
final class DjlNets {

  private static final float SLOPE = 0.2f;

  private DjlNets() {}

  static SequentialBlock classifier() {
    return chain(linear(512), relu(), linear(512), relu(), linear(10));
  }

  static SequentialBlock ringGenerator() {
    return chain(linear(128), relu(), linear(128), relu(), linear(2));
  }

  static SequentialBlock ringDiscriminator() {
    return chain(linear(128), leakyRelu(), linear(128), leakyRelu(), linear(1));
  }

  private static SequentialBlock chain(Block... blocks) {
    return new SequentialBlock().addAll(blocks);
  }

  private static Block linear(long units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block relu() {
    return Activation.reluBlock();
  }

  private static Block leakyRelu() {
    return Activation.leakyReluBlock(SLOPE);
  }
}
