package dev.tandem.core.train;

import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;

/**
 * The number of samples that are predicted at a time, so that memory does not grow with what is
 * asked.
 */
final class PredictBatch {

  private static final long ELEMENTS = 1 << 23;
  private static final long MOST = 256;

  private PredictBatch() {}

  /** So many samples that the largest tensor of the model holds some 8 M elements, at most 256. */
  static long of(Model model) {
    return Math.max(1, Math.min(MOST, ELEMENTS / largest(model)));
  }

  /** The elements that one sample's largest tensor has. */
  private static long largest(Model model) {
    long largest = 1;
    for (Model each : model.models()) {
      for (SymbolicTensor input : each.graph().inputs()) {
        largest = Math.max(largest, sample(input));
      }
      for (Node node : each.graph().nodes()) {
        for (SymbolicTensor output : node.outputs()) {
          largest = Math.max(largest, sample(output));
        }
      }
    }
    return largest;
  }

  private static long sample(SymbolicTensor tensor) {
    Shape shape = tensor.shape();
    return shape.isConcrete() ? 1 : shape.sample().length();
  }
}
