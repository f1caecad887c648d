package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.AdaBelief;
import dev.tandem.core.optimizer.AdaDelta;
import dev.tandem.core.optimizer.AdaGrad;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Adamax;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Nadam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.RmsProp;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Updates of all weights of a net by every optimizer, against the engine for CPUs. */
class UpdatesTest {

  private static final int STEPS = 3;

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(33, 65),
          Shape.of(65),
          Shape.of(1),
          Shape.of(3, 3, 5, 2),
          Shape.of(7),
          Shape.of(33, 65),
          Shape.of(5, 300));

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI")),
        "no g++: kernels for cards are not tested");
  }

  static List<Optimizer> optimizers() {
    return List.of(
        Sgd.rate(0.1),
        Sgd.rate(0.1).momentum(0.9),
        Sgd.rate(0.1).momentum(0.9).nesterov(),
        RmsProp.rate(0.1),
        RmsProp.rate(0.1).centered().momentum(0.5),
        AdaGrad.rate(0.1),
        AdaDelta.rate(0.1),
        AdaBelief.rate(0.1),
        Adam.rate(0.1),
        Adam.rate(0.1).amsgrad(),
        Adam.rate(0.1).beta2(Schedules.constant(0.99)),
        AdamW.rate(0.1),
        AdamW.rate(0.1).amsgrad(),
        Adamax.rate(0.1),
        Nadam.rate(0.1));
  }

  @Test
  void optimizers_holdEveryOne() {
    Set<Class<?>> all =
        new ClassFileImporter()
                .withImportOption(location -> location.contains("/dev/tandem/core/optimizer/"))
                .importUrl(Optimizer.class.getProtectionDomain().getCodeSource().getLocation())
                .stream()
                .filter(type -> type.isAssignableTo(Optimizer.class) && !type.isInterface())
                .map(JavaClass::reflect)
                .collect(Collectors.toSet());

    assertThat(optimizers().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(all);
  }

  /** Weights and slots, with the program that moves them. */
  private static final class Net {

    private final List<Variable> variables = new ArrayList<>();
    private final Optimizer optimizer;
    private final List<TensorSpec> specs;
    private final Program program;

    Net(Engine engine, Optimizer optimizer, @Nullable Clipping clipping, List<TensorSpec> specs) {
      this.optimizer = optimizer;
      this.specs = specs;
      Ops ops = new Ops();
      List<Value> gradients = new ArrayList<>();
      for (int i = 0; i < specs.size(); i++) {
        gradients.add(ops.feed("gradient" + i, specs.get(i)));
      }
      gradients = clipping == null ? gradients : clipping.apply(ops, gradients);
      for (int i = 0; i < specs.size(); i++) {
        TensorSpec spec = specs.get(i);
        long seed = i;
        Variable weight = variable("w" + i, spec, () -> values(spec, seed));
        List<Variable> slots = new ArrayList<>();
        for (Optimizer.Slot slot : optimizer.slots()) {
          double initial = slot.initial();
          slots.add(
              variable(slot.name() + i, spec, () -> values(spec, seed).muli(0).addi(initial)));
        }
        List<Value> numbers =
            optimizer.scalarNames().stream().map(name -> ops.feed(name, spec.dtype())).toList();
        List<Value> next =
            optimizer.update(
                ops,
                ops.read(weight),
                gradients.get(i),
                slots.stream().map(ops::read).toList(),
                numbers);
        ops.assign(weight, next.get(0));
        for (int s = 0; s < slots.size(); s++) {
          ops.assign(slots.get(s), next.get(s + 1));
        }
      }
      this.program = engine.prepare(ops.build(Map.of()));
    }

    private Variable variable(
        String name, TensorSpec spec, java.util.function.Supplier<INDArray> values) {
      Variable variable = new Variable(name, spec, values);
      variables.add(variable);
      return variable;
    }

    void step(int step) {
      double[] numbers = new double[optimizer.scalarNames().size()];
      optimizer.scalars(step, step, optimizer.rate().at(step - 1), numbers);
      for (int i = 0; i < numbers.length; i++) {
        program.feed(optimizer.scalarNames().get(i), numbers[i]);
      }
      for (int i = 0; i < specs.size(); i++) {
        program.feed("gradient" + i, values(specs.get(i), 100L * step + i));
      }
      program.run(1, step);
    }
  }

  private static INDArray values(TensorSpec spec, long seed) {
    return ReductionsTest.normal(spec.dtype(), seed, 0, spec.shape().toArray());
  }

  private static void compare(
      Optimizer optimizer, @Nullable Clipping clipping, DataType dtype, int launches) {
    List<TensorSpec> specs = SHAPES.stream().map(shape -> new TensorSpec(shape, dtype)).toList();
    Net cuda = new Net(new CudaEngine(new HostDevice()), optimizer, clipping, specs);
    Net host = new Net(new PlanEngine(), optimizer, clipping, specs);
    try (Program first = cuda.program;
        Program second = host.program) {
      assertThat(((CudaProgram) first).commands()).as("%s", optimizer).hasSize(launches);
      assertThat(second.graph().assignments()).hasSameSizeAs(first.graph().assignments());
      for (int step = 1; step <= STEPS; step++) {
        cuda.step(step);
        host.step(step);
      }
      double tolerance = dtype == DataType.FLOAT ? 2e-5 : 1e-11;
      for (int i = 0; i < host.variables.size(); i++) {
        double[] got =
            cuda.variables.get(i).read().dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
        double[] want =
            host.variables.get(i).read().dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
        for (int k = 0; k < got.length; k++) {
          assertThat(got[k])
              .as("%s of %s at %s", host.variables.get(i).name(), optimizer, k)
              .isCloseTo(want[k], within(tolerance * Math.max(1, Math.abs(want[k]))));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void update_ofManyWeights_isOneLaunchAndThatOfTheHost(Optimizer optimizer) {
    compare(optimizer, null, DataType.FLOAT, 1);
    compare(optimizer, null, DataType.DOUBLE, 1);
  }

  @Test
  void update_withClippedGradients_isThatOfTheHost() {
    compare(Adam.rate(0.1), Clippings.byValue(0.1), DataType.DOUBLE, 1);
    compare(Adam.rate(0.1), Clippings.byNorm(0.5), DataType.DOUBLE, 2);
    compare(Sgd.rate(0.1).momentum(0.9), Clippings.byGlobalNorm(0.5), DataType.FLOAT, 3);
  }

  @Test
  void adam_ofTwentyWeights_isOneLaunch() {
    List<TensorSpec> specs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      specs.add(new TensorSpec(Shape.of(3 + i, 40), DataType.FLOAT));
    }
    Net net = new Net(new CudaEngine(new HostDevice()), Adam.rate(0.1), null, specs);
    try (Program program = net.program) {
      assertThat(((CudaProgram) program).commands()).hasSize(1);
      net.step(1);
    }
  }
}
