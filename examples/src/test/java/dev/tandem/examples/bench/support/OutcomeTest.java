package dev.tandem.examples.bench.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private static final String RESULT = "djl ring 1.000 1.000 1.000 1000.00 99";

  private static Outcome of(int exitCode, boolean timedOut, String... lines) {
    ChildProcess.End end = new ChildProcess.End(exitCode, timedOut, ImmutableList.copyOf(lines));
    return Outcome.of("djl ring", end, 60);
  }

  @Test
  void process_thatMeasured_hasFigures() {
    assertThat(of(0, false, RESULT))
        .isInstanceOfSatisfying(
            Outcome.Measured.class,
            measured -> assertThat(measured.figures().peakMegabytes()).isEqualTo(99));
  }

  @Test
  void process_thatRefuses_tellsWhy() {
    assertThat(of(0, false, "djl ring unsupported", "# djl ring why: it has no rings"))
        .isEqualTo(new Outcome.Unsupported("it has no rings"));
  }

  @Test
  void process_thatFails_isNotBelievedAndTellsItsLastLines() {
    String[] lines = IntStream.range(0, 30).mapToObj(i -> "line " + i).toArray(String[]::new);
    lines[0] = RESULT;

    assertThat(of(134, false, lines))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo("ended with exit code 134");
              assertThat(failed.lastLines()).hasSize(20).last().isEqualTo("line 29");
              assertThat(failed.isFinal()).isFalse();
            });
  }

  @Test
  void process_thatWasStopped_isNotTriedAgain() {
    assertThat(of(-1, true, RESULT))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo("took longer than 60 s");
              assertThat(failed.isFinal()).isTrue();
            });
  }

  @Test
  void process_whoseTrainingWasWrong_failed() {
    assertThat(of(0, false, RESULT, "# djl ring check ... CHECK FAILED"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("did not train what it should"));
  }

  @Test
  void process_withoutResult_failed() {
    assertThat(of(0, false, "hello"))
        .isEqualTo(new Outcome.Failed("printed no result", ImmutableList.of("hello"), false));
  }
}
