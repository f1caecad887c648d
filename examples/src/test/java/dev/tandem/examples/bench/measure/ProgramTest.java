package dev.tandem.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.examples.bench.support.Figures;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgramTest {

  /** Steps that do nothing. */
  private record Idle() implements Workload {

    @Override
    public double[] step(int number) {
      return new double[] {1};
    }

    @Override
    public void close() {}
  }

  private static String run(Program program, String... args) {
    StringWriter text = new StringWriter();
    program.run(new PrintWriter(text, true), args);
    return text.toString();
  }

  @Test
  void program_thatMeasures_printsWhatComparisonsRead() {
    String text = run(new Program("idle", task -> new Idle()), "mlp", "3", "1");

    assertThat(Figures.read("idle mlp", text.lines().toList())).isPresent();
    assertThat(text).contains("mean_last3=[1.0000]", "finite=true");
  }

  @Test
  void program_thatCannot_saysWhy() {
    Program program =
        new Program(
            "idle",
            task -> {
              throw new Unsupported("too lazy for " + task.label());
            });

    assertThat(run(program, "ring"))
        .isEqualToNormalizingNewlines(
            "idle ring unsupported\n# idle ring why: too lazy for ring\n");
  }

  @Test
  void program_calledWrongly_refuses() {
    Program program = new Program("idle", task -> new Idle());

    assertThatThrownBy(() -> run(program, "gpt")).hasMessageContaining("gpt");
    assertThatThrownBy(() -> run(program)).hasMessageContaining("WORKLOAD");
  }
}
