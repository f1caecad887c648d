package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Feeds, runs, outputs, errors, and what is left on the card. */
class CudaProgramTest {

  private final HostDevice device = Cards.host();
  private final CudaEngine engine = new CudaEngine(device);
  private final Ops ops = new Ops();

  private Value twice(Value x) {
    return ops.scale(ops.exp(x), 2);
  }

  private Program doubled(long... shape) {
    Value x = ops.feed("x", TensorSpec.of(shape));
    Value by = ops.feed("by", DataType.FLOAT);
    return engine.prepare(
        ops.build(Map.of("all", ops.multiply(ops.scale(x, 2), by), "by", ops.scale(by, 3))));
  }

  @Test
  void output_ofFeedsOfAnyTypeAndOrder_isComputed() {
    try (Program program = doubled(2, 3)) {
      INDArray doubles = Nd4j.createFromArray(new double[] {1, 2, 3, 4, 5, 6}).reshape(2, 3);
      INDArray fortran = doubles.castTo(DataType.FLOAT).dup('f');
      INDArray view =
          Nd4j.createFromArray(new float[] {0, 0, 1, 2, 3, 4, 5, 6})
              .get(org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 8))
              .reshape(2, 3);
      for (INDArray fed : List.of(doubles, fortran, view, doubles.castTo(DataType.INT32))) {
        program.feed("by", 0.5);
        program.feed("x", fed);
        fed.assign(7); // the caller's again
        program.run(0, 0);

        assertThat(program.output("all").dup('c').data().asFloat())
            .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(program.scalar("by")).isEqualTo(1.5);
      }
    }
    assertThat(device.allocations()).isZero();
  }

  @Test
  void output_ofALargeFeed_isThatOfTheLastRun() {
    try (Program program = doubled(10, 100)) {
      program.feed("by", 1);
      assertThat(program.output("all").sumNumber().doubleValue()).isZero();
      for (int i = 1; i <= 2; i++) {
        program.feed("x", Nd4j.ones(DataType.FLOAT, 10, 100).muli(i));
        program.run(0, i);
        assertThat(program.output("all").sumNumber().doubleValue()).isEqualTo(2000.0 * i);
        assertThat(program.output("all")).isSameAs(program.output("all"));
      }
    }
  }

  @Test
  void program_thatWasNeverFed_takesZeros() {
    try (Program program = doubled(10, 100)) {
      program.run(0, 0);

      assertThat(program.output("all").sumNumber().doubleValue()).isZero();
    }
  }

  @Test
  void program_ofNoElements_runs() {
    try (Program program = doubled(0, 3)) {
      program.feed("x", Nd4j.create(DataType.FLOAT, 0, 3));
      program.run(0, 0);

      assertThat(program.output("all").length()).isZero();
    }
  }

  @Test
  void mistakes_areNamed() {
    Program program = doubled(2, 3);

    assertThatThrownBy(() -> program.feed("y", 1)).hasMessage("there is no feed \"y\"");
    assertThatThrownBy(() -> program.feed("x", Nd4j.zeros(3, 2)))
        .hasMessage("feed \"x\" is (2, 3), got (3, 2)");
    assertThatThrownBy(() -> program.feed("x", 1)).hasMessage("feed \"x\" is (2, 3), not a scalar");
    assertThatThrownBy(() -> program.output("y"))
        .hasMessageStartingWith("there is no output \"y\", but [");
    assertThatThrownBy(() -> program.scalar("all")).hasMessage("output \"all\" is not a scalar");

    program.close();
    program.close();

    assertThatThrownBy(() -> program.run(0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the program is closed");
    assertThat(device.allocations()).isZero();
  }

  @Test
  void findNonFinite_namesTheFirstCallAndChangesNothing() {
    Variable weight = weight("w", 3, 4);
    Value w = ops.read(weight);
    ops.origin("low");
    Value low = ops.log(ops.scale(w, 2));
    ops.origin("high");
    Value next = ops.add(low, w);
    ops.assign(weight, next);
    try (Program program = engine.prepare(ops.build(Map.of("low", low)))) {
      assertThat(program.findNonFinite(0, 0)).isEmpty();
      weight.set(Nd4j.createFromArray(3f, 0f));

      assertThat(program.findNonFinite(0, 0).orElseThrow().origin()).isEqualTo("low");
      assertThat(weight.values().data().asFloat()).containsExactly(3, 0);
    }
    assertThat(weight.values().data().asFloat()).containsExactly(3, 0);
    assertThat(device.allocations()).isZero();
  }

  @Test
  void prepare_thatFailsHalfWay_leavesNothingOnTheCard() {
    Variable weight = weight("w", 3, 4);
    for (int most = 0; most < 8; most++) {
      Narrow narrow = new Narrow(device, most);
      Ops fresh = new Ops();
      Value big = fresh.feed("x", TensorSpec.of(1000));
      fresh.assign(weight, fresh.scale(fresh.read(weight), 2));
      fresh.assign(weight("v", 1, 2), fresh.scale(fresh.read(weight), 3));
      Map<String, Value> outputs =
          Map.of("a", fresh.scale(big, 2), "b", fresh.multiply(fresh.exp(big), fresh.log(big)));
      try (Program made = new CudaEngine(narrow).prepare(fresh.build(outputs))) {
        assertThat(made.graph()).isNotNull();
        assertThat(device.allocations()).isPositive();
      } catch (DeviceException e) {
        assertThat(e).hasMessage("no memory");
      }
      assertThat(device.allocations()).isZero();
      assertThat(weight.isRetained()).isFalse();
    }
    assertThat(weight.values().data().asFloat()).containsExactly(3, 4);
  }

  @Test
  void program_thatWasLost_isFoundByTheCollector() throws InterruptedException {
    Variable weight = weight("w", 3, 4);
    lose(weight);

    for (int i = 0; i < 100 && device.allocations() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }

    assertThat(device.allocations()).isZero();
    assertThat(weight.isRetained()).isFalse();
    assertThat(weight.values().data().asFloat()).containsExactly(6, 8);
  }

  private void lose(Variable weight) {
    ops.assign(weight, ops.scale(ops.read(weight), 2));
    engine.prepare(ops.build(Map.of())).run(0, 0);
  }

  @Test
  void report_countsWhatIsTakenAndDone() {
    Variable weight = weight("w", 3, 4);
    ops.assign(weight, ops.scale(ops.read(weight), 2));
    Value x = ops.feed("x", TensorSpec.of(1000));
    try (CudaProgram program = engine.prepare(ops.build(Map.of("y", twice(x))))) {
      CudaReport report = program.report();

      assertThat(report.launches()).isEqualTo(1);
      assertThat(report.commands()).isEqualTo(1);
      assertThat(report.commands()).isEqualTo(program.commands().size());
      assertThat(report.feedBytes()).isEqualTo(4000);
      assertThat(report.outputBytes()).isEqualTo(4000);
      assertThat(report.variableBytes()).isEqualTo(8);
      assertThat(report.bytes()).isGreaterThanOrEqualTo(8000);
      assertThat(report.kernels()).isNotEmpty();
    }
  }

  private static Variable weight(String name, float... values) {
    return new Variable(name, TensorSpec.of(values.length), () -> Nd4j.createFromArray(values));
  }

  /** A device on which so many allocations fit. */
  private static final class Narrow implements Device {

    private final Device device;
    private int left;

    Narrow(Device device, int left) {
      this.device = device;
      this.left = left;
    }

    @Override
    public String description() {
      return device.description();
    }

    @Override
    public long allocate(long bytes) {
      if (left == 0) {
        throw new DeviceException("no memory");
      }
      left--;
      return device.allocate(bytes);
    }

    @Override
    public void free(long address) {
      device.free(address);
    }

    @Override
    public void upload(org.bytedeco.javacpp.Pointer host, long to, long bytes) {
      device.upload(host, to, bytes);
    }

    @Override
    public void download(long from, org.bytedeco.javacpp.Pointer host, long bytes) {
      device.download(from, host, bytes);
    }

    @Override
    public Inbox inbox(long bytes, int places) {
      return device.inbox(bytes, places);
    }

    @Override
    public Recording record(List<Command> commands) {
      return device.record(commands);
    }

    @Override
    public void synchronize() {
      device.synchronize();
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
