package dev.tandem.cuda.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Precision;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import dev.tandem.cuda.text.Once;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** What becomes of commands on values a, b, …, all of as many elements. */
class CommandGroupsTest {

  private static final int LENGTH = 4096;
  private static final long BYTES = 4L * LENGTH;

  /** Memory for values that nobody reads in the end. */
  private static final class Values implements Temporary {
    private final List<Stretch> stretches = new ArrayList<>();

    @Override
    public ImmutableList<Stretch> stretches() {
      return ImmutableList.copyOf(stretches);
    }

    @Override
    public long add(long bytes) {
      long address = (1L << 40) + stretches.size() * (1L << 20);
      stretches.add(new Stretch(address, bytes));
      return address;
    }
  }

  private final Values values = new Values();
  private final long weights = 1L << 20;
  private final long result = 1L << 21;
  private final long other = 1L << 22;

  private long value() {
    return values.add(BYTES);
  }

  private static ImmutableList<String> oneInput() {
    return ImmutableList.of(CType.FLOAT.input(), CType.FLOAT.output());
  }

  private static Command launch(KernelText text, long from, long to) {
    return new Command.Launch(
        text, ImmutableList.of(from, to), ImmutableList.of((long) LENGTH, (long) LENGTH));
  }

  /** An elementwise kernel; # is the element. */
  private static Command elements(String value, long from, long to) {
    String element =
        "    const float v = "
            + value.replace("#", Once.read("p0", "i"))
            + ";\n    "
            + Made.store("p1", "i", "v")
            + "\n";
    return launch(KernelText.over("elements", oneInput(), element, LENGTH), from, to);
  }

  /** A kernel of another kind, which writes each element once. */
  private static Command turning(long from, long to) {
    String body =
        "  const int i = blockIdx.x * 256 + threadIdx.x;\n  const float t = p0["
            + (LENGTH - 1)
            + " - i];\n  "
            + Made.store("p1", "i", "t")
            + "\n";
    return launch(
        new KernelText("turning", oneInput(), body, Grid.of(LENGTH / 256, 256)), from, to);
  }

  private static Command product(long a, long out) {
    return new Command.Product(
        DataType.FLOAT, Precision.FLOAT32, 1, 64, 64, 64, false, false, a, a, 0, false, 0, out);
  }

  private List<Command> grouped(Command... commands) {
    return CommandGroups.of(List.of(commands), values).stages(false).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String text(Command command) {
    return ((Command.Launch) command).kernel().function();
  }

  @Test
  void twins_ofOneInput_runOnce() {
    long a = value();
    long b = value();

    assertThat(
            grouped(
                turning(weights, a), product(a, result), turning(weights, b), product(b, other)))
        .hasSize(3)
        .filteredOn(Command.Launch.class::isInstance)
        .hasSize(1);
  }

  @Test
  void elements_behindAKernelThatWritesThem_areDoneThere() {
    long a = value();

    assertThat(grouped(turning(weights, a), elements("# + 1", a, result)))
        .singleElement()
        .satisfies(
            one ->
                assertThat(((Command.Launch) one).addresses())
                    .as("the value between is not written")
                    .containsExactlyInAnyOrder(weights, result));
  }

  @Test
  void elementsThatAreCheap_behindALibrary_areDoneByTheirReaders() {
    long a = value();
    long b = value();
    long c = value();
    List<Command> all =
        grouped(
            product(weights, a),
            elements("# > 0 ? # : 0", a, b),
            elements("expf(#)", b, c),
            product(c, other),
            elements("# * 2", b, result));

    assertThat(all).hasSize(3);
    assertThat(all).element(1).satisfies(one -> assertThat(text(one)).contains("expf"));
  }

  @Test
  void elementsThatAreDear_areNotDoneTwice() {
    long a = value();
    long b = value();
    List<Command> all =
        grouped(
            product(weights, a), elements("expf(#)", a, b), product(b, other), turning(b, result));

    assertThat(all.stream().filter(Command.Launch.class::isInstance).map(one -> text(one)))
        .filteredOn(text -> text.contains("expf"))
        .hasSize(1);
  }

  @Test
  void value_inThePlaceOfOneThatIsReadLater_doesNotWait() {
    long a = value();
    List<Command> all =
        grouped(
            turning(weights, a),
            product(a, other),
            // lies where the product's input lay
            turning(weights, a),
            turning(a, result));

    assertThat(all).hasSize(3);
    assertThat(all.get(0).accesses()).as("both that turn the weights").hasSize(3);
    assertThat(all.get(1)).isInstanceOf(Command.Product.class);
  }

  @Test
  void kernels_thatDoNotWait_shareALaunch() {
    assertThat(grouped(turning(weights, result), turning(weights, other)))
        .singleElement()
        .satisfies(one -> assertThat(((Command.Launch) one).addresses()).hasSize(3));
  }

  @Test
  void order_whereOneWaits_stays() {
    List<Command> all = grouped(turning(weights, result), turning(result, other));

    assertThat(all).hasSize(2);
    assertThat(((Command.Launch) all.get(0)).addresses()).containsExactly(weights, result);
  }
}
