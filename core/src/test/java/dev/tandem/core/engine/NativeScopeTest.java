package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What plans have outside of Java's heap goes when they are closed, and belongs to no thread. */
class NativeScopeTest {

  private static final DataType FLOAT = DataType.FLOAT;
  private static final int TIMES = 30;

  /** Convolutions both ways, batch norm, bias and activations, Adam. */
  private static Steps.Gan images() {
    Nets g =
        new Nets("g", FLOAT)
            .dense(8, 4 * 4 * 16)
            .view(4, 4, 16)
            .batchNorm(16)
            .relu()
            .transposed(16, 8, 4, 2)
            .leakyRelu()
            .conv(8, 1, 5, 1)
            .tanh();
    Nets d =
        new Nets("d", FLOAT)
            .conv(1, 16, 5, 2)
            .leakyRelu()
            .conv(16, 32, 3, 2)
            .leakyRelu()
            .view(2 * 2 * 32)
            .dense(2 * 2 * 32, 1);
    return new Steps.Gan(g, d, FLOAT, 8, 4, Shape.of(8, 8, 1));
  }

  private static void prepareAndClose(OpGraph graph) {
    new PlanEngine().prepare(graph).close();
  }

  /** Objects of oneDNN that no plan takes. */
  private static final class Unowned extends PointerScope {

    private final List<Pointer> found = new ArrayList<>();

    @Override
    public PointerScope attach(Pointer pointer) {
      if (pointer.getClass().getName().startsWith("org.bytedeco.dnnl.")) {
        found.add(pointer);
      }
      throw new IllegalArgumentException("only looking");
    }
  }

  @Test
  void plans_openedAndClosed_leaveNoNativeObject() {
    OpGraph step = images().discriminatorStep();
    prepareAndClose(step);
    int open = NativeScope.open();
    int live = LibraryPointers.live();
    try (Unowned unowned = new Unowned();
        Plan plan = new PlanEngine().prepare(step)) {
      plan.run(0, 0);
      assertThat(LibraryPointers.live()).isPositive();
      assertThat(unowned.found).isEmpty();
    }
    // fewer if the collector has found plans that others left open
    assertThat(LibraryPointers.live()).isLessThanOrEqualTo(live);
    assertThat(NativeScope.open()).isLessThanOrEqualTo(open);
  }

  @Test
  void memory_ofClosedPlans_isGivenBackAtOnce() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(1 << 20));
    OpGraph graph = ops.build(Map.of("y", ActivationOps.tanh(ops, ops.square(x))));
    prepareAndClose(graph);
    long before = Pointer.physicalBytes();
    for (int i = 0; i < TIMES; i++) {
      prepareAndClose(graph); // 12 MB each
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(60L << 20);
  }

  @Test
  void plan_thatCannotBeMade_leavesNothing() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(2, 3));
    OpGraph graph = ops.build(Map.of("y", ActivationOps.tanh(ops, x)));
    int open = NativeScope.open();
    assertThatThrownBy(() -> new PlanEngine(EngineOptions.of(List.of())).prepare(graph))
        .isInstanceOf(IllegalStateException.class);
    assertThat(NativeScope.open()).isLessThanOrEqualTo(open);
  }

  @Test
  void plan_neverClosed_isFoundByTheCollector() throws Exception {
    OpGraph step = images().generatorStep();
    int open = NativeScope.open();
    forget(step);
    for (int i = 0; i < 50 && NativeScope.open() > open; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(NativeScope.open()).isLessThanOrEqualTo(open);
  }

  private static void forget(OpGraph graph) {
    new PlanEngine().prepare(graph).run(0, 0);
  }

  private static <T> T inThread(Callable<T> task) throws Exception {
    AtomicReference<T> result = new AtomicReference<>();
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.set(task.call());
              } catch (Exception e) {
                failure.set(e);
              }
            });
    thread.start();
    thread.join();
    if (failure.get() != null) {
      throw failure.get();
    }
    return result.get();
  }

  private static float[] step(Plan plan, INDArray real, int number) {
    plan.feed("real", real);
    plan.feed("alpha", 1e-3);
    plan.run(1, number);
    return new float[] {(float) plan.scalar("loss")};
  }

  @Test
  void plan_madeRunAndClosedByDifferentThreads_givesTheSameNumbers() throws Exception {
    INDArray real = Samples.random(TensorSpec.of(4, 8, 8, 1), 1);
    List<float[]> expected = new ArrayList<>();
    try (Plan plan = new PlanEngine().prepare(images().discriminatorStep())) {
      for (int i = 0; i < 6; i++) {
        expected.add(step(plan, real, i));
      }
    }
    Plan plan = inThread(() -> new PlanEngine().prepare(images().discriminatorStep()));
    List<float[]> actual = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int number = i;
      actual.add(inThread(() -> step(plan, real, number)));
    }
    inThread(
        () -> {
          plan.close();
          return null;
        });
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  /** Shapes for which oneDNN multiplies matrices of windows, and others that sum in parts. */
  private static OpGraph convolutions() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(2, 9, 9, 3));
    Value kernel = ops.feed("kernel", TensorSpec.of(3, 3, 3, 5));
    Value wide = ops.feed("wide", TensorSpec.of(3, 3, 5, 70));
    ConvGeometry dilated = new ConvGeometry(1, 1, 3, 3, 3, 3, 3, 3);
    ConvGeometry same = ConvGeometry.same(9, 9, 3, 3, 1, 1, 1, 1);
    Value first = ImageOps.conv2d(ops, x, kernel, dilated);
    Value second = ActivationOps.tanh(ops, ImageOps.conv2d(ops, first, wide, same));
    List<Value> back =
        Gradients.of(ops, ops.sum(ops.square(second), false, 0, 1, 2, 3), List.of(x, kernel, wide));
    return ops.build(Map.of("y", second, "dx", back.get(0), "dk", back.get(1), "dw", back.get(2)));
  }

  private static void feed(Plan plan) {
    plan.graph().feeds().forEach((name, spec) -> plan.feed(name, Samples.random(spec, 3)));
    plan.run(0, 0);
  }

  @Test
  void convolutions_thatWorkInMemoryOfTheirOwn_moveBetweenThreads() throws Exception {
    Map<String, INDArray> expected = new HashMap<>();
    try (Plan plan =
        new PlanEngine(EngineOptions.defaults().without("onednn")).prepare(convolutions())) {
      feed(plan);
      plan.graph().outputs().keySet().forEach(n -> expected.put(n, plan.output(n).dup()));
    }
    Plan plan = inThread(() -> new PlanEngine().prepare(convolutions()));
    for (int i = 0; i < 4; i++) {
      inThread(
          () -> {
            feed(plan);
            return null;
          });
      expected.forEach(
          (name, values) -> assertThat(plan.output(name).equalsWithEps(values, 1e-3)).isTrue());
    }
    inThread(
        () -> {
          plan.close();
          return null;
        });
  }

  @Test
  @SuppressWarnings("try")
  void plan_madeInsideAWorkspace_outlivesIt() {
    OpGraph graph = convolutions();
    INDArray expected;
    try (Plan plan = new PlanEngine().prepare(graph)) {
      feed(plan);
      expected = plan.output("dw").dup();
    }
    WorkspaceConfiguration small = WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    Plan plan;
    try (MemoryWorkspace open = Nd4j.getWorkspaceManager().getAndActivateWorkspace(small, "OPEN")) {
      plan = new PlanEngine().prepare(graph);
    }
    for (int i = 0; i < 3; i++) {
      try (MemoryWorkspace open =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(small, "OPEN")) {
        Nd4j.create(FLOAT, 1 << 17).assign(1e24);
      }
    }
    feed(plan);
    assertThat(plan.output("dw")).isEqualTo(expected);
    plan.close();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
