package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Nets that are trained by one loss; labels are one-hot rows. */
record TfModels(Tf tf) {

  private static final int CLASSES = 10;

  Workload classifier(TfNet net, BenchData.Classified[] data, long... shape) {
    int batch = Math.toIntExact(shape[0]);
    Placeholder<TFloat32> features = input(shape);
    Placeholder<TFloat32> labels = input(batch, CLASSES);
    Operand<TFloat32> logits = net.apply(features, TfObjective.NO_UPDATES);
    float[][] rows =
        Arrays.stream(data).map(BenchData.Classified::features).toArray(float[][]::new);
    float[][] oneHot =
        Arrays.stream(data).map(each -> oneHot(each.labels(), CLASSES)).toArray(float[][]::new);
    return new TfSteps(
        tf,
        crossEntropy(logits, labels),
        net.parameters(),
        Map.of(
            features, TfSession.tensors(rows, shape),
            labels, TfSession.tensors(oneHot, batch, CLASSES)));
  }

  Workload siamese(TfNet net) {
    Placeholder<TFloat32> left = input(64, 28, 28, 1);
    Placeholder<TFloat32> right = input(64, 28, 28, 1);
    var ops = tf.ops();
    Operand<TFloat32> squares =
        ops.math.squaredDifference(
            net.apply(left, TfObjective.NO_UPDATES), net.apply(right, TfObjective.NO_UPDATES));
    Operand<TFloat32> distance =
        ops.math.sqrt(ops.math.add(ops.sum(squares, ops.constant(1)), ops.constant(1e-12f)));
    Operand<TFloat32> alike = ops.constant(Shape.of(64), DataBuffers.of(BenchData.alike(64)));
    Operand<TFloat32> others = ops.math.sub(ops.constant(1f), alike);
    Operand<TFloat32> missing = ops.nn.relu(ops.math.sub(ops.constant(1f), distance));
    Operand<TFloat32> loss =
        tf.mean(
            ops.math.add(
                ops.math.mul(alike, ops.math.square(distance)),
                ops.math.mul(others, ops.math.square(missing))));
    List<TFloat32> images = TfSession.tensors(BenchData.images(64, 28, 1), 64, 28, 28, 1);
    List<TFloat32> shifted =
        IntStream.range(0, images.size())
            .mapToObj(i -> images.get((i + 1) % images.size()))
            .toList();
    return new TfSteps(tf, loss, net.parameters(), Map.of(left, images, right, shifted));
  }

  Workload languageModel() {
    int[][] all = BenchData.tokens(16, 128, 256);
    Placeholder<TInt32> tokens =
        tf.ops().placeholder(TInt32.class, Placeholder.shape(Shape.of(16, 128)));
    Placeholder<TFloat32> next = input(16 * 128, 256);
    TfTransformer model = new TfTransformer(tf);
    Operand<TFloat32> logits = model.logits(tokens);
    List<Variable<TFloat32>> parameters = model.parameters();
    List<TInt32> read =
        Arrays.stream(BenchData.part(all, 128, 0))
            .map(part -> TInt32.tensorOf(Shape.of(16, 128), DataBuffers.of(part)))
            .toList();
    float[][] following =
        Arrays.stream(BenchData.part(all, 128, 1))
            .map(part -> oneHot(part, 256))
            .toArray(float[][]::new);
    return new TfSteps(
        tf,
        crossEntropy(logits, next),
        parameters,
        Map.of(tokens, read, next, TfSession.tensors(following, 16 * 128, 256)));
  }

  private Operand<TFloat32> crossEntropy(Operand<TFloat32> logits, Operand<TFloat32> labels) {
    return tf.mean(tf.ops().nn.softmaxCrossEntropyWithLogits(logits, labels).loss());
  }

  private Placeholder<TFloat32> input(long... shape) {
    return tf.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  private static float[] oneHot(int[] labels, int classes) {
    float[] rows = new float[labels.length * classes];
    for (int row = 0; row < labels.length; row++) {
      rows[row * classes + labels[row]] = 1;
    }
    return rows;
  }
}
