package dev.tandem.examples.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.Outcome;
import org.junit.jupiter.api.Test;

class ResultsTest {

  @Test
  void ratio_ofMedians_isTheirsOverOurs() {
    Results results = Samples.results();

    assertThat(results.ratio("torch", Task.RING).orElseThrow()).isEqualTo(6.0 / 4, within(1e-12));
    assertThat(results.ratio("tandem", Task.RING)).contains(1.0);
  }

  @Test
  void ratio_onACard_isTheirsOverOurs() {
    Results results = new Results();
    results.add("tandem+cuda", Task.RING, Samples.measured(2));
    results.add("torch-graph", Task.RING, Samples.measured(3));

    assertThat(results.reference()).isEqualTo("tandem+cuda");
    assertThat(results.ratio("torch-graph", Task.RING)).contains(1.5);
  }

  @Test
  void ratio_withoutAMeasurement_isEmpty() {
    Results results = Samples.results();

    assertThat(results.ratio("djl", Task.DCGAN28)).isEmpty();
    assertThat(results.ratio("nobody", Task.RING)).isEmpty();
  }

  @Test
  void medians_withAFailedRound_areThoseOfTheOthers() {
    assertThat(Samples.results().medians("djl", Task.RING).orElseThrow().median()).isEqualTo(9);
  }

  @Test
  void rounds_thatCannotTellMore_areSettled() {
    Results results = Samples.results();

    assertThat(results.isSettled("tandem", Task.RING)).isFalse();
    assertThat(results.isSettled("djl", Task.RING)).isFalse();
    assertThat(results.isSettled("djl", Task.DCGAN28)).isTrue();

    results.add("torch", Task.MLP, Outcome.Failed.forGood("took too long", ImmutableList.of()));
    assertThat(results.isSettled("torch", Task.MLP)).isTrue();
  }
}
