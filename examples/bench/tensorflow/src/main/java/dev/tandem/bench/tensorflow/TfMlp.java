package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A classifier; its labels are one-hot rows. */
final class TfMlp implements Workload {

  private static final int BATCH = 128;
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;

  private final List<TFloat32> features;
  private final List<TFloat32> labels;
  private final Placeholder<TFloat32> featuresInput;
  private final Placeholder<TFloat32> labelsInput;
  private final Operand<TFloat32> loss;
  private final List<Op> moves;
  private final TfSession session;

  TfMlp(Tf tf, TfNet net) {
    BenchData.Classified[] data = BenchData.classes(BATCH);
    features =
        TfSession.tensors(
            Arrays.stream(data).map(BenchData.Classified::features).toArray(float[][]::new),
            BATCH,
            FEATURES);
    labels =
        TfSession.tensors(
            Arrays.stream(data).map(TfMlp::oneHot).toArray(float[][]::new), BATCH, CLASSES);
    featuresInput = input(tf, FEATURES);
    labelsInput = input(tf, CLASSES);
    Operand<TFloat32> logits = net.apply(featuresInput, TfObjective.NO_UPDATES);
    loss = tf.mean(tf.ops().nn.softmaxCrossEntropyWithLogits(logits, labelsInput).loss());
    moves = new TfAdam(1e-3, 0.9, 0.999).step(tf, loss, net.parameters());
    session = new TfSession(tf);
  }

  private static Placeholder<TFloat32> input(Tf tf, int width) {
    return tf.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(BATCH, width)));
  }

  private static float[] oneHot(BenchData.Classified batch) {
    float[] rows = new float[BATCH * CLASSES];
    for (int row = 0; row < BATCH; row++) {
      rows[row * CLASSES + batch.labels()[row]] = 1;
    }
    return rows;
  }

  @Override
  public double[] step(int number) {
    int batch = number % features.size();
    Map<Operand<TFloat32>, TFloat32> feeds =
        Map.of(featuresInput, features.get(batch), labelsInput, labels.get(batch));
    return new double[] {session.step(loss, moves, feeds)};
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
