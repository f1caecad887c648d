package dev.tandem.cuda.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.worker.VariableMeans;
import dev.tandem.core.worker.Workers;
import dev.tandem.cuda.device.CardLinks.Transfer;
import dev.tandem.cuda.device.DelayedDevice;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.HostLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Means of variables on several cards have the bits of those by the host. */
@Timeout(60)
class CardMeansTest {

  private static Variable variable(int rank, int number, DataType dtype, long... shape) {
    TensorSpec spec = new TensorSpec(Shape.of(shape), dtype);
    Random random = new Random(97 * number + rank);
    double[] values = random.doubles(spec.shape().length(), -3, 3).toArray();
    return new Variable(
        "v" + number,
        spec,
        () -> {
          INDArray array = Nd4j.create(dtype, shape);
          for (int i = 0; i < values.length; i++) {
            array.putScalar(i, values[i]);
          }
          return array;
        });
  }

  /** Shapes with nothing, one number, less than a slice and many. */
  private static List<Variable> variables(int rank) {
    return List.of(
        variable(rank, 0, DataType.FLOAT, 7, 3),
        variable(rank, 1, DataType.DOUBLE, 5),
        variable(rank, 2, DataType.FLOAT, 1),
        variable(rank, 3, DataType.FLOAT, 40, 50),
        variable(rank, 4, DataType.DOUBLE, 130));
  }

  /** What worker after worker has after three means with other numbers in between. */
  private static List<List<INDArray>> means(Workers worker) {
    List<Variable> variables = variables(worker.rank());
    VariableMeans means = worker.means();
    List<List<INDArray>> all = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      double[] others = {worker.rank() + step, .1 * worker.rank()};
      List<Variable> some = step == 1 ? variables.subList(0, 3) : variables;
      means.take(some, others, 3 + worker.rank());
      List<INDArray> now = new ArrayList<>();
      variables.forEach(variable -> now.add(variable.values()));
      now.add(Nd4j.createFromArray(others));
      all.add(now);
      variables.get(0).set(variables.get(0).values().addi(worker.rank()));
    }
    return all;
  }

  static Stream<Arguments> devices() {
    Supplier<Device> host = HostDevice::new;
    Supplier<Device> shuffled = () -> HostDevice.inAnyOrder(5);
    Supplier<Device> delayed = () -> new DelayedDevice(new HostDevice());
    return Stream.of(
        Arguments.of(2, host),
        Arguments.of(3, host),
        Arguments.of(8, host),
        Arguments.of(3, shuffled),
        Arguments.of(2, delayed));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void means_onCards_haveTheBitsOfThoseByTheHost(int count, Supplier<Device> device) {
    List<List<List<INDArray>>> byHost = Workers.threads(count).call(CardMeansTest::means);

    List<List<List<INDArray>>> onCards =
        HostCards.on(HostCards.devices(count, device)).call(CardMeansTest::means);

    assertThat(onCards).isEqualTo(byHost);
    assertThat(onCards.get(1).get(2)).isEqualTo(onCards.get(0).get(2));
    assertThat(onCards.get(0).get(2).get(3)).isNotEqualTo(variables(0).get(3).values());
  }

  @Test
  void means_takenAgain_sendEachNumberTwiceAndHoldNoMemoryAfterwards() {
    List<HostDevice> devices = HostCards.devices(3, HostDevice::new);
    HostLinks links = new HostLinks(devices);
    HostCards.on(devices, any -> links)
        .run(
            worker -> {
              VariableMeans means = worker.means();
              List<Variable> variables = variables(worker.rank());
              means.take(variables, new double[0], 1);
              means.take(variables, new double[0], 1);
              assertThat(links.allocated()).isEqualTo(3);
            });

    assertThat(links.isClosed()).isTrue();
    assertThat(links.allocated()).isZero();
    assertThat(HostCards.held(devices)).isZero();
    long bytes = (21 + 1 + 2000) * 4 + 135 * 8;
    assertThat(links.moves()).hasSize(2 + 2 * 2); // the first look, then two of two
    for (List<Transfer> move : links.moves().subList(2, 6)) {
      assertThat(move.stream().mapToLong(Transfer::bytes).sum()).isEqualTo(2 * bytes);
      assertThat(move).allMatch(transfer -> transfer.from() != transfer.to());
    }
  }
}
