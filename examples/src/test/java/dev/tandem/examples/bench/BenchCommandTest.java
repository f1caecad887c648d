package dev.tandem.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Precision;
import dev.tandem.examples.Cli;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

  private static final String NUMBERS = "( \\d+\\.\\d{3}){3} \\d+\\.\\d{2} \\d+";

  @Test
  void bench_ofMlp_printsTheLineOfNumbers() {
    Cli cli = Cli.run("bench", "mlp", "2", "1");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).first().asString().matches("tandem mlp" + NUMBERS);
    assertThat(cli.out()).contains("mean_last2=[", "finite=true", "threads=");
  }

  @Test
  void bench_ofRing_movesOneSideAtATime() {
    Cli cli = Cli.run("bench", "ring", "2", "1");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).first().asString().matches("tandem ring" + NUMBERS);
    assertThat(cli.out())
        .contains(
            "# tandem ring check D step changes D only: true; G step changes G only: true;"
                + " #D=17025 #G=17154 OK");
  }

  @Test
  void bench_onSameDiffsEngine_hasTheLossesOfThePlan() {
    double[] plan = losses(Cli.run("bench", "ring", "2", "0"));
    double[] session = losses(Cli.run("bench", "ring", "2", "0", "--device", "samediff"));

    assertThat(session).hasSize(4).containsExactly(plan, within(1e-3));
  }

  /** The four losses: first and mean of both sides. */
  private static double[] losses(Cli cli) {
    String line = cli.out().lines().skip(1).findFirst().orElseThrow();
    return Pattern.compile("\\d\\.\\d{4}")
        .matcher(line)
        .results()
        .mapToDouble(number -> Double.parseDouble(number.group()))
        .toArray();
  }

  @Test
  void bench_againstSameDiff_measuresAllThree() {
    Cli cli = Cli.run("bench", "ring", "2", "1", "--against", "samediff");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().filter(line -> line.matches("[a-z+]+ ring" + NUMBERS))).hasSize(3);
    assertThat(cli.out().lines().filter(line -> line.endsWith(" OK"))).hasSize(3);
    assertThat(cli.out())
        .containsPattern("# tandem is \\d+\\.\\d times as fast as samediff on ring");
  }

  @Test
  void bench_againstTheTrainer_printsTheirRatio() {
    Cli cli = Cli.run("bench", "ring", "2", "1", "--against", "trainer");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .matches("# ring of gan's trainer: \\S+ ms a round, \\S+ ms without it, ratio \\S+;.*\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "ring --device samediff"})
  void bench_ofMoreThanTheTrainerCan_isRefused(String workload) {
    Cli cli = Cli.run(("bench " + workload + " --against trainer").split(" "));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--against trainer is for GANs and the plan engine");
  }

  @Test
  void bench_ofComparison_printsBothLossesAndTheLargestDifference() {
    Cli cli = Cli.run("bench", "--compare", "ring", "3", "--device", "samediff");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().filter(line -> line.startsWith("step "))).hasSize(3);
    assertThat(cli.out())
        .containsPattern(
            "# tandem\\+samediff ring against tandem: largest relative difference of a loss"
                + " \\d\\.\\d\\de-0[4-9] at step [1-3] of 3, finite=true");
  }

  @Test
  void bench_leftToChoose_saysWhatItChose() {
    assertThat(Cli.run("bench", "ring", "1", "0", "--device", "auto").out())
        .containsPattern("^# device (cpu|cuda) \\(.+\\)\\R");
  }

  @Test
  void bench_ofInit_printsSeconds() {
    assertThat(Cli.run("bench", "init:ring").out()).matches("tandem init:ring \\d+\\.\\d{3} s\\R");
    assertThat(Cli.run("bench", "init").out()).matches("tandem init:mlp \\d+\\.\\d{3} s\\R");
  }

  @Test
  void bench_ofMemory_printsWhatStepsAllocate() {
    Cli cli = Cli.run("bench", "--memory", "ring", "8");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .containsPattern("tandem ring 8 steps: \\d+ B of heap per step; live heap grew by")
        .contains("| steps | heap B/step |");
  }

  @Test
  void bench_ofProfile_printsKernelsWithLayersAndTheMatmulRate() {
    Cli cli = Cli.run("bench", "--profile", "ring", "2");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("ring, discriminator gradients: ", "ring, generator update: ")
        .containsPattern("matmul.* in generator/dense")
        .containsPattern("ring: kernels \\d+\\.\\d\\d ms; 0\\.\\d+ GFLOP at this machine's matmul");
  }

  @Tag("heavy")
  @Test
  void bench_ofScale_measuresEachSize() {
    Cli cli = Cli.run("bench", "--scale", "dcgan28", "1", "0");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().filter(line -> line.matches("\\| +\\d+ \\|.*"))).hasSize(12);
  }

  @Tag("heavy")
  @ParameterizedTest
  @ValueSource(strings = {"dcgan28", "dcgan32", "wgangp28"})
  void bench_ofImages_movesOneSideAtATime(String workload) {
    Cli cli = Cli.run("bench", workload, "2", "0");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).contains("finite=true").containsPattern("check .* OK");
  }

  @Tag("heavy")
  @Test
  void bench_ofDcganAgainstSameDiff_movesOneSideAtATime() {
    Cli cli = Cli.run("bench", "dcgan28", "2", "0", "--against", "samediff");

    assertThat(cli.out().lines().filter(line -> line.endsWith(" OK"))).hasSize(3);
  }

  @Test
  void precision_thatThisMachineLacks_isRefusedByName() {
    Cli cli = Cli.run("bench", "ring", "2", "1", "--precision", "tf32");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .contains("the engine PLAN does not compute in tf32: it is of NVIDIA's cards")
        .contains("here it has float32");
  }

  @Test
  void precision_thatThereIsNot_isRefusedWithThoseThereAre() {
    Cli cli = Cli.run("bench", "ring", "2", "1", "--precision", "fp8");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("there is no precision \"fp8\"; there are float32, tf32, bf16");
  }

  @Test
  void precision_besideAMode_isRefused() {
    Cli cli = Cli.run("bench", "--memory", "ring", "2", "--precision", "bf16");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--precision goes with a single workload alone");
  }

  /** Measured where the processor multiplies bfloat16, and refused elsewhere. */
  @Test
  void precision_ofBFloat16_isMeasuredOrRefused() {
    Cli cli = Cli.run("bench", "ring", "2", "1", "--precision", "bf16");

    if (new PlanEngine().lacks(Precision.BF16).isEmpty()) {
      assertThat(cli.out()).startsWith("tandem+bf16 ring ");
    } else {
      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("this processor has neither avx512_bf16 nor amx_bf16");
    }
  }
}
