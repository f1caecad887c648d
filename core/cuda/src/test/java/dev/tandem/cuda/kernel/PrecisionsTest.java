package dev.tandem.cuda.kernel;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BFloat16Engines;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Narrowed;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products and convolutions of a card in TF32 and BF16, by their definition. */
class PrecisionsTest {

  private static final Shape IMAGE = Shape.of(2, 7, 6, 12);
  private static final Shape KERNEL = Shape.of(3, 2, 12, 8);

  /** One more row of zeros below than above, and columns that a stride does not reach. */
  private static final ConvGeometry WAY = new ConvGeometry(2, 2, 0, 1, 1, 1, 1, 1);

  /** Products and convolutions of feeds, with bias and relu, and a tensor that is added. */
  private static OpGraph graph(DataType dtype) {
    Ops ops = new Ops();
    Value a = ops.feed("a", spec(dtype, 9, 24));
    Value b = ops.feed("b", spec(dtype, 24, 11));
    Value bias = ops.feed("bias", spec(dtype, 11));
    Value addend = ops.feed("addend", spec(dtype, 9, 11));
    Value batch = ops.feed("batch", spec(dtype, 3, 9, 24));
    Value image = ops.feed("image", new TensorSpec(IMAGE, dtype));
    Value kernel = ops.feed("kernel", new TensorSpec(KERNEL, dtype));
    Value pixel = ops.feed("pixel", spec(dtype, 1, 1, 12, 8));
    Value g = ops.feed("g", new TensorSpec(Shape.of(2, 3, 4, 8), dtype));
    return ops.build(
        Map.of(
            "rectified",
            ActivationOps.relu(ops, ops.add(ops.matmul(a, b), bias)),
            "added",
            ops.add(ops.matmul(a, ops.feed("c", spec(dtype, 11, 24)), false, true), addend),
            "batched",
            ops.matmul(batch, batch, true, false),
            "convolved",
            ops.one(new Conv2DOp(WAY), image, kernel),
            "by pixel",
            ops.one(new Conv2DOp(ConvGeometry.valid(1, 1)), image, pixel),
            "image gradient",
            ops.one(new Conv2DInputGradient(WAY, IMAGE), kernel, g),
            "kernel gradient",
            ops.one(new Conv2DKernelGradient(WAY, KERNEL), image, g)));
  }

  private static TensorSpec spec(DataType dtype, long... sizes) {
    return new TensorSpec(Shape.of(sizes), dtype);
  }

  @ParameterizedTest
  @EnumSource(names = "FLOAT32", mode = Mode.EXCLUDE)
  void operands_ofProductsAndConvolutions_areRoundedAndNothingElse(Precision precision) {
    int bits = precision == Precision.TF32 ? 10 : 7;
    Map<String, INDArray> feeds = Agreement.randomFeeds(graph(DataType.FLOAT));
    Map<String, INDArray> rounded = new LinkedHashMap<>();
    feeds.forEach(
        (name, array) -> {
          boolean multiplied = !name.equals("bias") && !name.equals("addend");
          rounded.put(name, multiplied ? rounded(array, bits) : array.castTo(DataType.DOUBLE));
        });
    Map<String, double[]> want =
        Agreement.outputs(new SameDiffEngine(), graph(DataType.DOUBLE), rounded);
    Engine card = new CudaEngine(Cards.host());

    Map<String, double[]> got =
        Agreement.outputs(in(precision, card), graph(DataType.FLOAT), feeds);

    want.forEach((name, b) -> assertThat(got.get(name)).as(name).containsExactly(b, within(4e-6)));
    Map<String, double[]> exact = Agreement.outputs(card, graph(DataType.FLOAT), feeds);
    exact.forEach((name, numbers) -> assertThat(got.get(name)).as(name).isNotEqualTo(numbers));
  }

  private static Engine in(Precision precision, Engine engine) {
    return graph -> engine.prepare(graph, precision);
  }

  private static INDArray rounded(INDArray array, int bits) {
    double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Narrowed.of(numbers[i], bits);
    }
    return Nd4j.createFromArray(numbers).reshape(array.shape());
  }

  @Test
  void bfloat16_ofSpecialNumbers_isThatOfTheHost() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(13));
    Value back = ops.cast(ops.cast(x, DataType.BFLOAT16), DataType.FLOAT);
    OpGraph graph = ops.build(Map.of("y", back));
    float[] numbers = {
      1,
      1.00390625f,
      1.01171875f,
      -1.00390625f,
      1.005f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      0,
      -0f,
      1e-39f
    };
    double[] want = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      want[i] = Narrowed.bfloat16(numbers[i]);
    }

    double[] got =
        Agreement.outputs(
                new CudaEngine(Cards.host()), graph, Map.of("x", Nd4j.createFromArray(numbers)))
            .get("y");

    assertThat(got).containsExactly(want);
  }

  private static List<Double> losses(Engine engine, Precision precision) {
    Model net =
        Model.sequential(
                "net",
                Input.of("image", Shape.of(6, 6, 6)),
                Conv2D.filters(8).kernel(3).stride(2).padding(Padding.SAME),
                BatchNormalization.of(),
                ActivationLayer.of(leakyRelu(0.2)),
                Flatten.of(),
                Dense.units(6).activation(tanh()),
                Dense.units(5))
            .initialize(3);
    Training recipe =
        Training.with(Adam.rate(1e-2))
            .loss(Losses.meanSquaredError())
            .engine(engine)
            .precision(precision)
            .seed(1);
    INDArray x = Nd4j.zeros(DataType.FLOAT, 8, 6, 6, 6);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 8, 5);
    CounterRandom.of(1).normal(x);
    CounterRandom.of(2).normal(y);
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = net.compile(recipe)) {
      for (int step = 0; step < 5; step++) {
        losses.add(trainer.trainOnBatch(x, y).loss());
      }
    }
    return losses;
  }

  /** What is rounded is the same on a card and on the CPU. */
  @Test
  void training_inBFloat16_isThatOfTheCpu() {
    Engine card = new CudaEngine(Cards.host());
    List<Double> narrow = losses(card, Precision.BF16);

    assertClose(narrow, losses(BFloat16Engines.widening(), Precision.BF16), 2e-4);
    assertThat(losses(card, Precision.BF16)).isEqualTo(narrow);
    assertThat(losses(card, Precision.FLOAT32)).isNotEqualTo(narrow);
  }

  @Test
  void training_inTf32_isNearFloat32() {
    Engine card = new CudaEngine(Cards.host());
    List<Double> narrow = losses(card, Precision.TF32);
    List<Double> exact = losses(card, Precision.FLOAT32);

    assertClose(narrow, exact, 5e-3);
    assertThat(narrow).isNotEqualTo(exact);
  }

  private static void assertClose(List<Double> actual, List<Double> expected, double relative) {
    for (int i = 0; i < actual.size(); i++) {
      double number = expected.get(i);
      assertThat(actual.get(i)).isCloseTo(number, within(relative * number));
    }
  }

  @Test
  void program_inFloat64_isLeftAsItIs() {
    OpGraph graph = graph(DataType.DOUBLE);
    Map<String, INDArray> feeds = Agreement.randomFeeds(graph);
    Engine card = new CudaEngine(Cards.host());

    Map<String, double[]> exact = Agreement.outputs(card, graph, feeds);

    for (Precision precision : Precision.values()) {
      Map<String, double[]> got = Agreement.outputs(in(precision, card), graph, feeds);
      exact.forEach((name, numbers) -> assertThat(got.get(name)).as(name).isEqualTo(numbers));
    }
  }
}
