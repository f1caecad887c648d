package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the card's kernels compute, held against the definitions. */
final class Agreement {

  private Agreement() {}

  /** Numbers for all feeds of a graph, the same each time. */
  static Map<String, INDArray> randomFeeds(OpGraph graph) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Feed feed) {
        feeds.put(feed.label(), random(feed.spec(), feeds.size()));
      }
    }
    return feeds;
  }

  private static INDArray random(TensorSpec spec, long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(spec.shape().length(), -1, 1).toArray();
    return Nd4j.createFromArray(values).reshape(spec.shape().toArray()).castTo(spec.dtype());
  }

  /** Checks that all outputs are equal but for rounding. */
  static void onRandomFeeds(OpGraph graph, double tolerance) {
    Map<String, INDArray> feeds = randomFeeds(graph);
    Map<String, double[]> want = outputs(new SameDiffEngine(), graph, feeds);
    Map<String, double[]> got = outputs(new CudaEngine(Cards.host()), graph, feeds);
    want.forEach(
        (name, b) -> {
          double[] a = got.get(name);
          assertThat(a).hasSameSizeAs(b);
          for (int i = 0; i < a.length; i++) {
            assertThat(a[i])
                .as("%s at %s", name, i)
                .isCloseTo(b[i], within(tolerance * Math.max(1, Math.abs(b[i]))));
          }
        });
  }

  /** The outputs of a graph. */
  static Map<String, double[]> outputs(Engine engine, OpGraph graph, Map<String, INDArray> feeds) {
    Map<String, double[]> outputs = new LinkedHashMap<>();
    try (Program program = engine.prepare(graph)) {
      feeds.forEach(program::feed);
      program.run(3, 5);
      for (String name : graph.outputs().keySet()) {
        outputs.put(
            name, program.output(name).dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector());
      }
    }
    return outputs;
  }
}
