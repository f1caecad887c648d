package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.DeviceMemoryException;
import dev.tandem.cuda.device.NoDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** A card without room for a program says who has it, and keeps what it had. */
class FullCardTest {

  /** So much memory, and no more. */
  private static final class Small extends NoDevice {

    private static final long BYTES = 100_000;
    private long taken;

    @Override
    public long allocate(long bytes) {
      if (taken + bytes > BYTES) {
        throw new DeviceMemoryException("no " + bytes + " bytes left");
      }
      taken += bytes;
      return super.allocate(bytes);
    }
  }

  private final CudaEngine engine = new CudaEngine(new Small());

  private Program program(String output, long size, Variable weight) {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(size));
    Value sum = ops.add(ops.sum(x), ops.sum(ops.read(weight)));
    return engine.prepare(ops.build(Map.of(output, ops.add(ops.exp(x), sum))));
  }

  @Test
  void program_thatDoesNotFit_namesWhatEachOtherOneHas() {
    Variable weight = new Variable("w", TensorSpec.of(100), () -> Nd4j.ones(100));
    try (Program first = program("first", 3000, weight);
        Program second = program("second", 4000, weight)) {
      assertThatThrownBy(() -> program("third", 20_000, weight))
          .isInstanceOf(DeviceMemoryException.class)
          .hasMessageContaining("no 80000 bytes left")
          .hasMessageContaining("The program that asks has ")
          .hasMessageContaining("1 variables take 400;")
          .hasMessageMatching(
              "(?s).*outputs \\[second\\] 3\\d{4}; a program of .*\\[first\\] 2\\d{4}");
      assertThat(first.graph()).isNotNull();
      assertThat(second.graph()).isNotNull();
      assertThat(weight.isRetained()).isTrue();
    }
    assertThat(weight.isRetained()).isFalse();
  }
}
