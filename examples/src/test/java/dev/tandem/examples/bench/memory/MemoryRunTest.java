package dev.tandem.examples.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.bench.measure.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MemoryRunTest {

  private static final int KILOBYTES = 100;

  private static final Pattern TOTAL =
      Pattern.compile("test 40 steps: (\\d+) B of heap per step; live heap grew by (-?\\d+) KB");

  private static Matcher run(Workload workload) {
    StringWriter text = new StringWriter();
    new MemoryRun("test", 40, new PrintWriter(text)).run(workload);
    Matcher matcher = TOTAL.matcher(text.toString());
    assertThat(matcher.find()).as(text.toString()).isTrue();
    assertThat(text.toString().lines().filter(line -> line.startsWith("| "))).hasSize(7);
    return matcher;
  }

  /** Keeps what its steps allocate, or lets it go. */
  private record Allocating(List<byte[]> kept, boolean keeps) implements Workload {

    @Override
    public double[] step(int number) {
      byte[] bytes = new byte[KILOBYTES << 10];
      if (keeps || kept.isEmpty()) {
        kept.add(bytes);
      } else {
        kept.set(0, bytes);
      }
      return new double[] {0};
    }

    @Override
    public void close() {}
  }

  @Test
  void steps_thatAllocateAndForget_areCountedButDoNotGrow() {
    Matcher total = run(new Allocating(new ArrayList<>(), false));

    assertThat(Long.parseLong(total.group(1))).isBetween(102_400L, 200_000L);
    assertThat(Long.parseLong(total.group(2))).isLessThan(2_000);
  }

  @Test
  void steps_thatKeep_showAsGrowth() {
    Matcher total = run(new Allocating(new ArrayList<>(), true));

    assertThat(Long.parseLong(total.group(2))).isGreaterThan(40 * KILOBYTES - 2_000);
  }
}
