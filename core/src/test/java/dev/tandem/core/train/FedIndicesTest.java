package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.ConditionalBatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Integers that name rows of tables are held against the tables where they come in. */
class FedIndicesTest {

  private static final long[] BESIDE = {10, -1, 1_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE};

  private static Input words(DataType dtype, long... shape) {
    return Input.of("w", Shape.of(shape), dtype);
  }

  private static Embedding table() {
    return Embedding.of(10, 2).named("table");
  }

  /** (batch, 3) integers to one number. */
  private static Model bag(DataType dtype) {
    return Model.sequential(
            "bag", words(dtype, 3), table(), Flatten.of(), Dense.units(1).named("out"))
        .initialize(3);
  }

  private static Model of(Input input, SymbolicTensor output) {
    return Model.of("net", input, Dense.units(1).named("out").apply(output)).initialize(3);
  }

  private static Trainer trainer(Model model, Engine engine) {
    return model.compile(
        Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()).engine(engine));
  }

  private static INDArray ints(long row, long... numbers) {
    return Nd4j.createFromArray(numbers).castTo(DataType.INT32).reshape(numbers.length / row, row);
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @OnBothEngines
  void embedding_askedForWhatItHasNot_namesInputValuePlaceAndRange(Engine engine) {
    Model model = bag(DataType.INT32);
    Trainer trainer = trainer(model, engine);
    Predictor predictor = Predictor.of(model, engine);
    Map<String, double[]> before = values(model);
    for (long bad : BESIDE) {
      String message =
          "Model \"bag\": input \"w\" holds "
              + bad
              + " at (1, 2), and \"table\" looks up 10 rows, [0, 10); correct it, or add rows"
              + " there";
      INDArray input = ints(3, 0, 9, 1, 2, 3, bad);
      refused(message, () -> predictor.predict(input));
      refused(message, () -> trainer.predict(input));
      refused(message, () -> trainer.trainOnBatch(input, column(1, 2)));
      refused(message, () -> trainer.testOnBatch(input, column(1, 2)));
      refused(message, () -> trainer.gradients(Examples.of(input, column(1, 2))));
    }
    Toys.assertUnmoved(model, before);
    assertThat(trainer.steps()).isZero();
    trainer.trainOnBatch(ints(3, 0, 9, 1, 2, 3, 4), column(1, 2));
    assertThat(trainer.steps()).isEqualTo(1);
  }

  @OnBothEngines
  void gradientsAtHand_surviveARefusedBatch(Engine engine) {
    Model twin = bag(DataType.INT32);
    Trainer undisturbed = trainer(twin, engine);
    Model model = bag(DataType.INT32);
    Trainer trainer = trainer(model, engine);
    for (Trainer each : List.of(undisturbed, trainer)) {
      each.gradients(Examples.of(ints(3, 0, 9, 1), column(1)));
      if (each == trainer) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trainer.gradients(Examples.of(ints(3, 0, 10, 1), column(1))));
      }
      each.gradients(Examples.of(ints(3, 4, 4, 1), column(-1)));
      each.update();
    }
    Toys.assertClose(values(model), values(twin), 0);
  }

  @Test
  void indices_countedFromOne_areToldSo() {
    Predictor predictor = Predictor.of(bag(DataType.INT32));
    refused(
        "Model \"bag\": input \"w\" holds 10 at (0, 1), and \"table\" looks up 10 rows, [0, 10);"
            + " rows are counted from 0: subtract 1",
        () -> predictor.predict(ints(3, 1, 10, 4)));
  }

  @OnBothEngines
  void longIndices_beyond32Bits_areNotCutOff(Engine engine) {
    Predictor predictor = Predictor.of(bag(DataType.INT64), engine);
    for (long bad : new long[] {10, 1L << 32, (1L << 32) + 3, Long.MAX_VALUE, Long.MIN_VALUE}) {
      INDArray input = Nd4j.createFromArray(0, bad, 1).reshape(1, 3);
      refused(
          "Model \"bag\": input \"w\" holds "
              + bad
              + " at (0, 1), and \"table\" looks up 10 rows, [0, 10); correct it, or add rows"
              + " there",
          () -> predictor.predict(input));
    }
  }

  @OnBothEngines
  void longIndices_castToInts_areNotCutOffEither(Engine engine) {
    Input w = words(DataType.INT64, 3);
    SymbolicTensor ints = Lambda.of((ops, in) -> ops.cast(in.get(0), DataType.INT32)).apply(w);
    Model model = of(w, Flatten.of().apply(table().apply(ints)));
    INDArray input = Nd4j.createFromArray(0, (1L << 32) + 1, 1).reshape(1, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictor.of(model, engine).predict(input))
        .withMessageStartingWith("Model \"net\": input \"w\" holds 4294967297 at (0, 1), and");
  }

  @OnBothEngines
  void floatsThatBecomeIndices_areLookedAtAsFloats(Engine engine) {
    Input w = words(DataType.FLOAT, 2);
    Model model =
        of(
            w,
            Lambda.of(
                    "lookup",
                    (ops, in) -> {
                      var rows = ops.constant(Nd4j.linspace(1, 10, 10, DataType.FLOAT));
                      var at = ops.cast(in.get(0), DataType.INT32);
                      return ops.reshape(
                          ArrayOps.gather(ops, ops.reshape(rows, 10, 1), at), in.get(0).shape());
                    })
                .apply(w));
    Predictor predictor = Predictor.of(model, engine);
    predictor.predict(Nd4j.createFromArray(new float[][] {{-0.5f, 9.75f}}));
    for (float bad : new float[] {10, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
      refused(
          "Model \"net\": input \"w\" holds "
              + (double) bad
              + " at (1, 0), and \"lookup\" looks up 10 rows, [0, 10); correct it, or add rows"
              + " there",
          () -> predictor.predict(Nd4j.createFromArray(new float[][] {{0, 1}, {bad, 2}})));
    }
  }

  @OnBothEngines
  void columnsOfOneInput_areHeldAgainstTheirOwnTables(Engine engine) {
    Input w = words(DataType.INT32, 2);
    SymbolicTensor few = Embedding.of(3, 2).named("users").apply(part(w, 0));
    SymbolicTensor many = Embedding.of(1000, 2).named("items").apply(part(w, 1));
    Model model = of(w, Add.of().apply(few, many));
    Predictor predictor = Predictor.of(model, engine);
    predictor.predict(ints(2, 2, 999, 0, 3));
    refused(
        "Model \"net\": input \"w\" holds 3 at (1, 0), and \"users\" looks up 3 rows, [0, 3);"
            + " correct it, or add rows there",
        () -> predictor.predict(ints(2, 2, 999, 3, 3)));
    refused(
        "Model \"net\": input \"w\" holds 1000 at (0, 1), and \"items\" looks up 1000 rows, [0,"
            + " 1000); correct it, or add rows there",
        () -> predictor.predict(ints(2, 2, 1000, 0, 3)));
  }

  private static SymbolicTensor part(SymbolicTensor w, long column) {
    return Lambda.of(
            (ops, in) -> {
              long batch = in.get(0).shape().size(0);
              return ops.reshape(ops.slice(ops.permute(in.get(0), 1, 0), 0, column, 1), batch);
            })
        .apply(w);
  }

  @OnBothEngines
  void inputsJoinedBeforeTheTable_areNamedEachByItself(Engine engine) {
    Input left = Input.of("left", Shape.of(2), DataType.INT32);
    Input right = Input.of("right", Shape.of(1), DataType.INT32);
    SymbolicTensor both = Lambda.of((ops, in) -> ops.concat(1, in)).apply(left, right);
    SymbolicTensor out = Dense.units(1).apply(Flatten.of().apply(table().apply(both)));
    Model model = Model.of("net", List.of(left, right), List.of(out)).initialize(1);
    INDArray good = ints(1, 0, 9);
    INDArray bad = ints(1, 3, 10);
    try (Predictor predictor = Predictor.of(model, engine)) {
      predictor.predict(Map.of("left", ints(2, 0, 1, 2, 9), "right", good));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(Map.of("left", ints(2, 0, 1, 2, 9), "right", bad)))
          .withMessageContaining("input \"right\" holds 10 at (1, 0), and \"table\" looks up 10");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(Map.of("left", ints(2, 0, 1, -2, 9), "right", good)))
          .withMessageContaining("input \"left\" holds -2 at (1, 0), and \"table\" looks up 10");
    }
  }

  @OnBothEngines
  void layersOfEachKind_refuseWhatTheirTablesHaveNot(Engine engine) {
    Input steps = words(DataType.INT32, 4, 3);
    Model timed = of(steps, Flatten.of().apply(TimeDistributed.of(table()).apply(steps)));
    INDArray twelve = ints(3, 0, 1, 2, 3, 4, 5, 6, 7, 10, 9, 0, 1).reshape(1, 4, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictor.of(timed, engine).predict(twelve))
        .withMessageStartingWith("Model \"net\": input \"w\" holds 10 at (0, 2, 2), and");

    Input label = words(DataType.INT32);
    Model hot =
        of(
            label,
            Lambda.of((ops, in) -> ArrayOps.oneHot(ops, in.get(0), 10, DataType.FLOAT))
                .apply(label));
    Input x = Input.of("x", 2);
    Layer norm = ConditionalBatchNormalization.classes(10).named("norm");
    SymbolicTensor normed = Dense.units(1).named("out").apply(norm.apply(x, label));
    Model conditional = Model.of("cbn", List.of(x, label), List.of(normed)).initialize(1);
    for (long bad : BESIDE) {
      INDArray labels = Nd4j.createFromArray(0, (int) bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Predictor.of(hot, engine).predict(labels))
          .withMessageContaining("input \"w\" holds " + bad + " at (1,), and");
      Trainer trainer = trainer(conditional, engine);
      Examples examples =
          Examples.of(Map.of("x", Toys.normal(1, 2, 2), "w", labels), Map.of("out", column(1, 2)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.trainOnBatch(examples))
          .withMessageContaining("input \"w\" holds " + bad + " at (1,), and \"norm\" looks up 10");
    }
  }

  @OnBothEngines
  void index_computedInTheNet_isRefusedByTheOp(Engine engine) {
    Input w = words(DataType.FLOAT, 3);
    SymbolicTensor doubled =
        Lambda.of("doubled", (ops, in) -> ops.cast(ops.scale(in.get(0), 2), DataType.INT32))
            .apply(w);
    Model model = of(w, Flatten.of().apply(table().apply(doubled)));
    Trainer trainer = trainer(model, engine);
    Map<String, double[]> before = values(model);
    INDArray input = Nd4j.createFromArray(new float[][] {{0, 4.5f, 5}});
    refused(
        "op gather in \"table\" got the index 10 at (0, 2) of (1, 3), which is not in [0, 10);"
            + " keep it there where it is computed (a cast of NaN or of a number too large gives"
            + " such indices, too)",
        () -> trainer.trainOnBatch(input, column(1)));
    Toys.assertUnmoved(model, before);
    trainer.trainOnBatch(input.sub(1).mul(0), column(1));
    assertThat(trainer.steps()).isEqualTo(1);
  }

  @OnBothEngines
  void predict_inPortions_saysTheRowOfWhatWasGiven(Engine engine) {
    INDArray many = Nd4j.zeros(DataType.INT32, 600, 3);
    many.putScalar(new int[] {555, 1}, 77);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictor.of(bag(DataType.INT32), engine).predict(many))
        .withMessageContaining("holds 77 at (555, 1), and");
  }

  @OnBothEngines
  void views_areReadAsTheyLie(Engine engine) {
    Predictor predictor = Predictor.of(bag(DataType.INT32), engine);
    INDArray wide = ints(4, 50, 1, 2, 3, 60, 4, 5, 6);
    INDArray inside = wide.get(NDArrayIndex.all(), cut(1, 4));
    assertThat(predictor.predict(inside)).isEqualTo(predictor.predict(inside.dup('c')));
    assertThat(predictor.predict(inside.dup('f'))).isEqualTo(predictor.predict(inside.dup('c')));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(wide.get(NDArrayIndex.all(), cut(0, 3))))
        .withMessageContaining("holds 50 at (0, 0)");
  }

  private static INDArrayIndex cut(long from, long to) {
    return NDArrayIndex.interval(from, to);
  }

  @OnBothEngines
  void fit_onDataWithOneBadRow_isRefusedBeforeItsFirstStep(Engine engine) {
    INDArray words = Nd4j.zeros(DataType.INT32, 50, 3);
    words.putScalar(new int[] {47, 2}, 10);
    Dataset bad = data(words);
    Dataset good = data(Nd4j.zeros(DataType.INT32, 20, 3));
    for (boolean validated : new boolean[] {false, true}) {
      Model model = bag(DataType.INT32);
      Trainer trainer = trainer(model, engine);
      Map<String, double[]> before = values(model);
      Fit how = Fit.epochs(1).batchSize(8);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> trainer.fit(validated ? good : bad, validated ? how.validation(bad) : how))
          .withMessageContaining("input \"w\" holds 10 at (47, 2), and \"table\" looks up 10");
      Toys.assertUnmoved(model, before);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.evaluate(bad, 8))
          .withMessageContaining("input \"w\" holds 10 at (47, 2), and \"table\" looks up 10");
    }
  }

  @OnBothEngines
  void fit_onColumnsOfTables_isRefusedBeforeItsFirstStep(Engine engine) {
    Input w = words(DataType.INT32, 2);
    SymbolicTensor few = Embedding.of(3, 2).named("users").apply(part(w, 0));
    SymbolicTensor many = Embedding.of(1000, 2).named("items").apply(part(w, 1));
    Model model = of(w, Add.of().apply(few, many));
    INDArray pairs = Nd4j.ones(DataType.INT32, 50, 2);
    pairs.putScalar(new int[] {49, 1}, 999);
    Trainer trainer = trainer(model, engine);
    trainer.fit(data(pairs), Fit.epochs(1).batchSize(8));
    pairs.putScalar(new int[] {49, 0}, 3);
    Map<String, double[]> before = values(model);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(data(pairs), Fit.epochs(1).batchSize(8)))
        .withMessageContaining("input \"w\" holds 3 at (49, 0), and \"users\" looks up 3 rows");
    Toys.assertUnmoved(model, before);
  }

  private static Dataset data(INDArray words) {
    INDArray targets = Nd4j.zeros(DataType.FLOAT, words.size(0), 1);
    return Dataset.builder().input("w", words).target("out", targets).build();
  }
}
