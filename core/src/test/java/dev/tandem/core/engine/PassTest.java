package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each pass makes plans better and leaves results alone. */
class PassTest {

  private static final TensorSpec MATRIX = TensorSpec.of(6, 5);

  private static Steps.Gan gan(DataType dtype) {
    Nets g =
        new Nets("g", dtype)
            .dense(3, 4 * 4 * 6)
            .view(4, 4, 6)
            .batchNorm(6)
            .leakyRelu()
            .transposed(6, 1, 4, 2)
            .tanh();
    Nets d =
        new Nets("d", dtype)
            .conv(1, 4, 4, 2)
            .leakyRelu()
            .view(4 * 4 * 4)
            .dense(64, 8)
            .leakyRelu()
            .dense(8, 1);
    return new Steps.Gan(g, d, dtype, 3, 4, Shape.of(8, 8, 1));
  }

  private static void agree(OpGraph graph, PlanEngine engine, DataType dtype) {
    INDArray real = Samples.random(new TensorSpec(Shape.of(4, 8, 8, 1), dtype), 5);
    EngineComparison.of(graph)
        .on(engine)
        .feed("alpha", Nd4j.scalar(dtype, 0.01))
        .feed("real", real)
        .steps(3)
        .within(dtype == DataType.DOUBLE ? 1e-9 : 2e-3)
        .agree();
  }

  @ParameterizedTest
  @EnumSource
  void step_withoutPass_equalsSameDiff(Pass pass) {
    PlanEngine engine = new PlanEngine(EngineOptions.defaults().without(pass));
    for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      agree(gan(dtype).discriminatorStep(), engine, dtype);
    }
    agree(gan(DataType.DOUBLE).criticStep(), engine, DataType.DOUBLE);
  }

  @Test
  void step_withoutAnyPass_equalsSameDiff() {
    EngineOptions options = EngineOptions.defaults();
    for (Pass pass : Pass.values()) {
      options = options.without(pass);
    }
    PlanEngine engine = new PlanEngine(options);
    agree(gan(DataType.FLOAT).discriminatorStep(), engine, DataType.FLOAT);
    agree(gan(DataType.DOUBLE).criticStep(), engine, DataType.DOUBLE);
  }

  private static PlanProfile prepare(OpGraph graph, PlanEngine engine) {
    try (Plan plan = engine.prepare(graph)) {
      return plan.profile(0);
    }
  }

  private static void assertFewerKernels(OpGraph graph, Pass pass) {
    int with = prepare(graph, new PlanEngine()).entries().size();
    int without =
        prepare(graph, new PlanEngine(EngineOptions.defaults().without(pass))).entries().size();
    assertThat(with).isLessThan(without);
  }

  @Test
  void randomOps_ofDifferentStreams_bothRun() {
    Ops ops = new Ops();
    Value difference = ops.subtract(RandomOps.normal(ops, MATRIX), RandomOps.normal(ops, MATRIX));
    try (Plan plan = new PlanEngine().prepare(ops.build(Map.of("y", difference)))) {
      plan.run(1, 1);
      assertThat(plan.output("y").amaxNumber().doubleValue()).isPositive();
    }
  }

  @Test
  void numbersOverTensors_withSimplify_areArguments() {
    Ops ops = new Ops();
    Value x = ops.feed("x", MATRIX);
    Value y = ops.multiply(x, ops.broadcastTo(ops.fill(3, TensorSpec.of()), MATRIX.shape()));
    PlanProfile with = prepare(ops.build(Map.of("y", y)), new PlanEngine());
    assertThat(with.entries()).extracting(PlanProfile.Entry::op).containsExactly("scale");
  }

  @Test
  void assignment_withInPlace_needsNoCopy() {
    assertFewerKernels(gan(DataType.FLOAT).discriminatorStep(), Pass.IN_PLACE);
  }

  @Test
  void arena_withShareAndArena_isSmaller() {
    OpGraph graph = gan(DataType.FLOAT).criticStep();
    long with = prepare(graph, new PlanEngine()).arenaBytes();
    assertThat(with)
        .isLessThan(
            prepare(graph, new PlanEngine(EngineOptions.defaults().without(Pass.ARENA)))
                    .arenaBytes()
                / 2);
    EngineOptions apart = EngineOptions.defaults().without(Pass.ARENA);
    assertThat(prepare(graph, new PlanEngine(apart)).arenaBytes())
        .isLessThan(prepare(graph, new PlanEngine(apart.without(Pass.SHARE))).arenaBytes());
  }

  @Test
  void property_thatNamesNoPass_isRefused() {
    System.setProperty(EngineOptions.PASSES_WITHOUT, "fuse, fold");
    try {
      assertThatThrownBy(PlanEngine::new)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no pass \"fold\"")
          .hasMessageContaining("output_gradients");
    } finally {
      System.clearProperty(EngineOptions.PASSES_WITHOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"oneDNN", " ONEDNN , ", "onednn,OneDnn"})
  void property_ofLibraries_takesNamesInAnyCaseWithBlanks(String listed) {
    System.setProperty(EngineOptions.LIBRARIES_WITHOUT, listed);
    try {
      assertThat(EngineOptions.defaults().libraries())
          .extracting(KernelLibrary::name)
          .containsExactly("nd4j", "samediff");
    } finally {
      System.clearProperty(EngineOptions.LIBRARIES_WITHOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednnn", "nd4j, mkl", "one-dnn"})
  void property_ofLibraries_refusesUnknownNames(String listed) {
    System.setProperty(EngineOptions.LIBRARIES_WITHOUT, listed);
    try {
      assertThatThrownBy(PlanEngine::new)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("-Dtandem.kernels.without names no library of kernels \"")
          .hasMessageEndingWith("\"; there are onednn, nd4j, samediff");
    } finally {
      System.clearProperty(EngineOptions.LIBRARIES_WITHOUT);
    }
    assertThatThrownBy(() -> new PlanEngine(EngineOptions.defaults().without("mkl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no library of kernels \"mkl\"; there are onednn, nd4j, samediff");
  }

  @Test
  void property_ofPasses_isReadAlikeInTurkish() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    System.setProperty(EngineOptions.PASSES_WITHOUT, "SIMPLIFY, In-Place");
    try {
      assertThat(EngineOptions.defaults().passes())
          .doesNotContain(Pass.SIMPLIFY, Pass.IN_PLACE)
          .hasSize(4);
    } finally {
      System.clearProperty(EngineOptions.PASSES_WITHOUT);
      Locale.setDefault(usual);
    }
  }
}
