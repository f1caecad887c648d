package dev.tandem.core.op;

import static dev.tandem.core.op.SampleArrays.awayFromZero;
import static dev.tandem.core.op.SampleArrays.distinct;
import static dev.tandem.core.op.SampleArrays.indices;
import static dev.tandem.core.op.SampleArrays.normal;
import static dev.tandem.core.op.SampleArrays.positive;
import static dev.tandem.core.op.SampleArrays.probabilities;
import static dev.tandem.core.op.SampleArrays.uniform;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpSample.Slope;
import dev.tandem.core.op.activation.Elu;
import dev.tandem.core.op.activation.EluGradient;
import dev.tandem.core.op.activation.Gelu;
import dev.tandem.core.op.activation.GeluGradient;
import dev.tandem.core.op.activation.GeluTanh;
import dev.tandem.core.op.activation.GeluTanhGradient;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Relu;
import dev.tandem.core.op.activation.ReluGradient;
import dev.tandem.core.op.activation.Selu;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.SigmoidGradient;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.activation.Softplus;
import dev.tandem.core.op.activation.Swish;
import dev.tandem.core.op.activation.SwishGradient;
import dev.tandem.core.op.activation.Tanh;
import dev.tandem.core.op.activation.TanhGradient;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.Gather;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.array.SegmentSum;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.core.op.loss.SigmoidCrossEntropy;
import dev.tandem.core.op.loss.SoftmaxCrossEntropy;
import dev.tandem.core.op.norm.BatchNorm;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.norm.GroupNorm;
import dev.tandem.core.op.norm.GroupNormGradient;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.LayerNormGradient;
import dev.tandem.core.op.norm.MinibatchDeviation;
import dev.tandem.core.op.random.RandomNormal;
import dev.tandem.core.op.random.RandomUniform;
import dev.tandem.core.op.samediff.SameDiffGradient;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One or more samples of every op. A new op is one more line here: its shapes, gradients and
 * kernels are tested from this list.
 */
public final class OpSamples {

  private OpSamples() {}

  /** The samples of all ops. */
  public static Stream<OpSample> all() {
    return Stream.of(
            leaves(),
            elementwise(),
            broadcasting(),
            activations(),
            structure(),
            products(),
            tables(),
            normalization(),
            groups(),
            losses(),
            code(),
            ImageSamples.all(),
            RecurrentOpSamples.all())
        .flatMap(List::stream);
  }

  private static List<OpSample> leaves() {
    Shape shape = Shape.of(2, 3);
    return List.of(
        typed("constant", dtype -> new Constant(normal(1, 2, 3).castTo(dtype))),
        typed("fill", dtype -> new Fill(0.25, new TensorSpec(shape, dtype))),
        typed("fill of a scalar", dtype -> new Fill(-3, new TensorSpec(Shape.scalar(), dtype))),
        typed("feed", dtype -> new Feed("fed", new TensorSpec(shape, dtype))),
        typed("read", OpSamples::read),
        typed("random_uniform", dtype -> new RandomUniform(1, new TensorSpec(shape, dtype))),
        typed("random_normal", dtype -> new RandomNormal(2, new TensorSpec(shape, dtype))));
  }

  private static OpSample typed(String label, Function<DataType, Op> op, INDArray... inputs) {
    return new OpSample(label, Slope.NONE, op, List.of(inputs));
  }

  private static Op read(DataType dtype) {
    TensorSpec spec = new TensorSpec(Shape.of(4), dtype);
    return new Read(new Variable("weight", spec, () -> normal(2, 4).castTo(dtype)));
  }

  private static List<OpSample> elementwise() {
    return List.of(
        OpSample.of(UnaryFunction.ABS, awayFromZero(1, 3, 5)),
        OpSample.of(new Cast(DataType.DOUBLE), normal(2, 3, 5)),
        typed("cast to int", dtype -> new Cast(DataType.INT32), positive(3, 7)),
        typed("cast from int", dtype -> new Cast(dtype), indices(3, 9, 7)),
        OpSample.of(UnaryFunction.ERF, normal(4, 3, 5)),
        OpSample.of(UnaryFunction.EXP, normal(5, 3, 5)),
        OpSample.of(UnaryFunction.LOG, positive(6, 3, 5)),
        OpSample.of(UnaryFunction.LOG1P, positive(7, 3, 5)),
        OpSample.of(new Power(3), awayFromZero(8, 3, 5)),
        OpSample.of(new Power(-0.5), positive(9, 7)),
        OpSample.of(new Power(0.5), positive(9, 2, 1, 3)),
        OpSample.of(new Scale(-1.5), normal(10, 3, 5)),
        OpSample.of(new Shift(0.75), normal(11, 3, 5)),
        OpSample.of(UnaryFunction.SIGN, awayFromZero(12, 3, 5)).with(Slope.NONE),
        OpSample.of(UnaryFunction.SQRT, positive(13, 3, 5)),
        OpSample.of(UnaryFunction.SQUARE, normal(14)),
        OpSample.of(UnaryFunction.SQUARE, normal(14, 3, 5)),
        OpSample.of(UnaryFunction.STEP, awayFromZero(15, 3, 5)).with(Slope.NONE),
        OpSample.of(new StopGradient(), normal(16, 3, 5)).with(Slope.NONE));
  }

  private static List<OpSample> broadcasting() {
    long[][][] shapes = {
      {{3, 5}, {3, 5}},
      {{3, 5}, {5}},
      {{5}, {3, 5}},
      {{2, 3, 5}, {3, 1}},
      {{3, 1}, {1, 5}},
      {{}, {3, 5}},
      {{3, 5}, {}},
      {{}, {}},
      {{2, 3, 2, 5}, {5}},
      {{2, 1, 3}, {4, 1}},
      {{1, 5}, {5}}
    };
    List<OpSample> samples = new ArrayList<>();
    for (long[][] pair : shapes) {
      INDArray a = awayFromZero(21, pair[0]);
      INDArray b = awayFromZero(22, pair[1]);
      samples.add(OpSample.of(BinaryFunction.ADD, a, b));
      samples.add(OpSample.of(BinaryFunction.SUBTRACT, a, b));
      samples.add(OpSample.of(BinaryFunction.MULTIPLY, a, b));
      samples.add(OpSample.of(BinaryFunction.DIVIDE, a, b));
      samples.add(OpSample.of(BinaryFunction.MAXIMUM, a, b));
      samples.add(OpSample.of(BinaryFunction.MINIMUM, a, b));
      samples.add(OpSample.of(BinaryFunction.GREATER, a, b).with(Slope.NONE));
      samples.add(
          typed(
              "equal",
              dtype -> BinaryFunction.EQUAL,
              indices(23, 3, pair[0]),
              indices(24, 3, pair[1])));
    }
    samples.add(OpSample.of(BinaryFunction.EQUAL, normal(25, 3), normal(25, 3)).with(Slope.NONE));
    long[][][] triples = {
      {{3, 5}, {3, 5}, {3, 5}}, {{2, 3, 1}, {2, 3, 4}, {}}, {{3, 1}, {5}, {3, 5}}, {{}, {1}, {4}}
    };
    for (long[][] triple : triples) {
      samples.add(
          OpSample.of(
              new Select(),
              indices(26, 2, triple[0]),
              normal(27, triple[1]),
              normal(28, triple[2])));
    }
    return samples;
  }

  private static List<OpSample> activations() {
    INDArray x = awayFromZero(31, 3, 5);
    INDArray smooth = normal(31, 3, 5).putScalar(0, 0).putScalar(7, -0.0);
    INDArray g = normal(32, 3, 5);
    return List.of(
        OpSample.of(new Elu(0.7), x),
        OpSample.of(new Elu(1), x),
        OpSample.of(new EluGradient(0.7, false), g, x),
        OpSample.of(new EluGradient(1.7, true), g, x),
        OpSample.of(new Gelu(), smooth),
        OpSample.of(new GeluGradient(), g, smooth),
        OpSample.of(new GeluTanh(), smooth),
        OpSample.of(new GeluTanhGradient(), g, smooth),
        OpSample.of(new LeakyRelu(0.2), x),
        OpSample.of(new LeakyReluGradient(0.2), g, x),
        OpSample.of(new LogSoftmax(), normal(33, 3, 5)),
        OpSample.of(new LogSoftmax(), normal(33, 2, 3, 4)),
        OpSample.of(new Relu(), x),
        OpSample.of(new ReluGradient(), g, x),
        OpSample.of(new Selu(), x),
        OpSample.of(new Sigmoid(), smooth),
        OpSample.of(new SigmoidGradient(), g, uniform(34, 3, 5)),
        OpSample.of(new Softmax(), normal(35, 3, 5)),
        OpSample.of(new Softmax(), normal(35, 2, 3, 4)),
        OpSample.of(new Softmax(), normal(35, 6)),
        OpSample.of(new Softplus(), smooth),
        OpSample.of(new Swish(), smooth),
        OpSample.of(new SwishGradient(), g, smooth),
        OpSample.of(new Tanh(), smooth),
        OpSample.of(new TanhGradient(), g, uniform(36, 3, 5)));
  }

  private static List<OpSample> structure() {
    return List.of(
        OpSample.of(new BroadcastTo(Shape.of(2, 3, 5)), normal(41, 3, 1)),
        OpSample.of(new BroadcastTo(Shape.of(3, 5)), normal(41, 5)),
        OpSample.of(new BroadcastTo(Shape.of(2, 3)), normal(41)),
        OpSample.of(new Concat(0), normal(42, 2, 3), normal(43, 1, 3), normal(44, 3, 3)),
        OpSample.of(new Concat(1), normal(42, 2, 3), normal(43, 2, 1)),
        OpSample.of(new Concat(2), normal(42, 2, 3, 1), normal(43, 2, 3, 4)),
        OpSample.of(new Slice(Shape.of(1, 0), Shape.of(2, 5)), normal(45, 4, 5)),
        OpSample.of(new Slice(Shape.of(0, 2, 1), Shape.of(2, 1, 3)), normal(46, 2, 4, 5)),
        OpSample.of(new Pad(Shape.of(1, 0), Shape.of(4, 6)), normal(47, 2, 5)),
        OpSample.of(new Pad(Shape.of(0, 1, 2, 0), Shape.of(2, 4, 6, 3)), normal(48, 2, 3, 2, 3)),
        OpSample.of(new PermuteOp(ImmutableList.of(1, 0)), normal(49, 3, 5)),
        OpSample.of(new PermuteOp(ImmutableList.of(2, 0, 3, 1)), normal(50, 2, 3, 4, 5)),
        OpSample.of(new ReshapeOp(Shape.of(5, 3)), normal(51, 3, 5)),
        OpSample.of(new ReshapeOp(Shape.scalar()), normal(52, 1, 1)),
        OpSample.of(new ReshapeOp(Shape.of(1, 1, 1)), normal(53)),
        OpSample.of(new Reverse(Axes.of(Shape.of(3, 5), 0)), normal(60, 3, 5)),
        OpSample.of(new Reverse(Axes.of(Shape.of(2, 3, 4), 1)), normal(60, 2, 3, 4)),
        OpSample.of(new Reverse(Axes.of(Shape.of(2, 3, 4), 0, 2)), normal(60, 2, 3, 4)),
        OpSample.of(new CumulativeSum(0, false, false), normal(61, 3, 5)),
        OpSample.of(new CumulativeSum(1, true, false), normal(61, 2, 3, 4)),
        OpSample.of(new CumulativeSum(2, false, true), normal(61, 2, 3, 4)),
        OpSample.of(new CumulativeSum(0, true, true), normal(61, 6)),
        OpSample.of(new Sum(Axes.of(Shape.of(3, 5), 0), false), normal(54, 3, 5)),
        OpSample.of(new Sum(Axes.of(Shape.of(3, 5), 0, 1), false), normal(54, 3, 5)),
        OpSample.of(new Sum(Axes.of(Shape.of(2, 3, 5), 1), true), normal(55, 2, 3, 5)),
        OpSample.of(new Sum(Axes.of(Shape.of(2, 3, 4, 5), 1, 2), false), normal(56, 2, 3, 4, 5)),
        OpSample.of(new Sum(Axes.of(Shape.of(2, 3, 4, 5), 0, 1, 2), true), normal(56, 2, 3, 4, 5)),
        OpSample.of(new Sum(Axes.of(Shape.of(2, 3, 4, 5), 3), false), normal(56, 2, 3, 4, 5)),
        OpSample.of(new Max(Axes.of(Shape.of(3, 5), 1), true), distinct(57, 3, 5)),
        OpSample.of(new Max(Axes.of(Shape.of(2, 3, 4, 5), 1, 2), false), distinct(58, 2, 3, 4, 5)),
        OpSample.of(new Max(Axes.of(Shape.of(7), 0), false), distinct(59, 7)));
  }

  private static List<OpSample> products() {
    List<OpSample> samples = new ArrayList<>();
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        MatMul op = new MatMul(transposeA, transposeB);
        long[] a = transposeA ? new long[] {4, 3} : new long[] {3, 4};
        long[] b = transposeB ? new long[] {5, 4} : new long[] {4, 5};
        samples.add(OpSample.of(op, normal(61, a), normal(62, b)));
        samples.add(OpSample.of(op, normal(63, 2, a[0], a[1]), normal(64, 2, b[0], b[1])));
      }
    }
    samples.add(OpSample.of(new MatMul(false, false), normal(65, 1, 7), normal(66, 7, 1)));
    samples.add(OpSample.of(new MatMul(true, false), normal(65, 1, 3), normal(66, 1, 4)));
    return samples;
  }

  private static List<OpSample> tables() {
    return List.of(
        OpSample.of(new Gather(), normal(71, 5, 3), indices(72, 5, 7)),
        OpSample.of(new Gather(), normal(71, 5, 3), indices(73, 5, 2, 4)),
        OpSample.of(new Gather(), normal(71, 5, 1), indices(74, 5, 2, 1, 3).castTo(DataType.INT64)),
        OpSample.of(new SegmentSum(6), normal(75, 7, 3), indices(72, 5, 7)),
        OpSample.of(new SegmentSum(5), normal(76, 2, 4, 3), indices(73, 5, 2, 4)),
        OpSample.of(new SegmentSum(6), normal(75, 1, 3), indices(72, 6, 1)),
        OpSample.of(new SegmentSum(6), normal(76, 1, 1, 3), indices(73, 6, 1, 1)),
        typed("one_hot", dtype -> new OneHot(5, dtype), indices(77, 5, 2, 4)),
        typed("one_hot", dtype -> new OneHot(3, dtype), indices(78, 3, 6)),
        OpSample.of(new SortIndices(5, false), distinct(80, 4, 5)).with(Slope.NONE),
        OpSample.of(new SortIndices(3, true), distinct(80, 2, 3, 7)).with(Slope.NONE),
        OpSample.of(new SortIndices(1, true), distinct(80, 6)).with(Slope.NONE),
        OpSample.of(new ArgMax(), distinct(79, 4, 5)).with(Slope.NONE),
        OpSample.of(new ArgMax(), distinct(79, 2, 3, 4)).with(Slope.NONE));
  }

  private static List<OpSample> normalization() {
    BatchNorm batch = new BatchNorm(1e-3);
    LayerNorm layer = new LayerNorm(1e-3);
    INDArray x = normal(81, 3, 2, 4, 5);
    INDArray rows = normal(82, 6, 5);
    INDArray gamma = positive(83, 5);
    INDArray beta = normal(84, 5);
    INDArray variance = positive(85, 5);
    return List.of(
        OpSample.of(batch, x, gamma, beta),
        OpSample.of(batch, rows, gamma, beta),
        OpSample.of(new BatchNormGradient(1e-3), x, gamma, beta, variance, normal(86, 3, 2, 4, 5)),
        OpSample.of(new BatchNormGradient(1e-3), rows, gamma, beta, variance, normal(86, 6, 5)),
        OpSample.of(layer, normal(87, 2, 3, 5), gamma, beta),
        OpSample.of(layer, rows, gamma, beta),
        OpSample.of(
            new LayerNormGradient(1e-3),
            rows,
            gamma,
            normal(88, 6, 1),
            positive(89, 6, 1),
            normal(90, 6, 5)),
        OpSample.of(
            new LayerNormGradient(1e-3),
            normal(87, 2, 3, 5),
            gamma,
            normal(88, 2, 3, 1),
            positive(89, 2, 3, 1),
            normal(90, 2, 3, 5)));
  }

  /** Groups of one, of some and of all channels, with gammas of channels and of samples. */
  private static List<OpSample> groups() {
    List<OpSample> samples = new ArrayList<>();
    long[][] shapes = {{2, 3, 4, 6}, {3, 1, 6}, {2, 6}};
    for (long[] shape : shapes) {
      boolean hasPlaces = shape.length > 2;
      for (int groups : hasPlaces ? new int[] {1, 2, 3, 6} : new int[] {1, 2}) {
        for (boolean ofSamples : new boolean[] {false, true}) {
          long[] channels = ofSamples ? new long[] {shape[0], 6} : new long[] {6};
          INDArray x = normal(91, shape);
          INDArray gamma = positive(92, channels);
          samples.add(OpSample.of(new GroupNorm(groups, 1e-1), x, gamma, normal(93, channels)));
          samples.add(
              OpSample.of(
                  new GroupNormGradient(groups, 1e-1),
                  x,
                  gamma,
                  normal(94, shape[0], groups),
                  positive(95, shape[0], groups),
                  normal(96, shape)));
        }
      }
    }
    samples.add(OpSample.of(new MinibatchDeviation(4), normal(97, 6, 2, 2)));
    samples.add(OpSample.of(new MinibatchDeviation(2), normal(98, 4, 3)));
    return samples;
  }

  private static List<OpSample> losses() {
    INDArray weight = normal(101, 3, 4);
    return List.of(
        OpSample.of(new SigmoidCrossEntropy(), awayFromZero(102, 3, 5), uniform(103, 3, 5)),
        OpSample.of(new SoftmaxCrossEntropy(), normal(104, 3, 5), probabilities(105, 3, 5)),
        OpSample.of(new SoftmaxCrossEntropy(), normal(106, 2, 3, 4), uniform(107, 2, 3, 4)),
        OpSample.of(
            new AdamUpdate(0.9, 0.99, 1e-3),
            weight,
            normal(108, 3, 4),
            normal(109, 3, 4),
            positive(110, 3, 4),
            positive(111)));
  }

  private static List<OpSample> code() {
    SameDiffOp op =
        new SameDiffOp(
            "bilinear",
            (sd, inputs) -> {
              SDVariable product = sd.mmul("product", inputs.get(0), inputs.get(1));
              return sd.math().tanh("squashed", product.add(inputs.get(2))).mul(product);
            });
    INDArray a = normal(121, 3, 4);
    INDArray b = normal(122, 4, 5);
    INDArray c = normal(123, 5);
    return List.of(
        OpSample.of(op, a, b, c).with(Slope.ONCE),
        OpSample.of(new SameDiffGradient(op), a, b, c, normal(124, 3, 5)).with(Slope.REFUSED));
  }
}
