package dev.tandem.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.examples.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOptionTest {

  @Test
  void choice_ofTheProcessor_isItsEngineWithoutAReason() {
    assertThat(DeviceChoice.of("cpu").engine()).isInstanceOf(PlanEngine.class);
    assertThat(DeviceChoice.of(" CPU")).hasToString("cpu");
    assertThat(DeviceChoice.of("samediff").engine()).isInstanceOf(SameDiffEngine.class);
  }

  @Test
  void choice_leftOpen_saysWhatAndWhy() {
    DeviceChoice choice = DeviceChoice.auto();

    assertThat(choice.name()).isIn("cpu", "cuda");
    assertThat(choice.reason()).isNotBlank().doesNotContain("\n");
    assertThat(choice).hasToString(choice.name() + " (" + choice.reason() + ")");
  }

  @ParameterizedTest
  @CsvSource({"cud, cuda", "gpu, cuda", "cpuu, cpu", "autp, auto", "samedif, samediff"})
  void choice_ofAWrongName_isRefusedWithTheNearest(String name, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceChoice.of(name))
        .withMessageContaining("there are cpu, cuda, auto, samediff")
        .withMessageEndingWith("the nearest is " + nearest);
  }

  @Test
  void message_ofManyLines_isShortenedToTheFirstAndWhatIsIndented() {
    assertThat(
            DeviceChoice.shortened("no card:\n  driver: no libcuda\n  cuDNN: no\nlooked in /usr"))
        .isEqualTo("no card: driver, cuDNN; tandem doctor says what to install");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist --steps 1",
        "gan --data ring8-pacgan --steps 1",
        "gallery dcgan --steps 1",
        "modes ring8-pacgan --steps 1",
        "classifier --epochs 1"
      })
  void command_onADeviceThatCannotBeUsed_saysWhyAndLeavesNothing(
      String command, @TempDir Path directory) {
    assumeThat(DeviceChoice.auto().name()).as("there is a card").isEqualTo("cpu");
    Path out = directory.resolve("out");

    Cli cli = Cli.run((command + " --device cuda --out " + out).split(" "));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("--device cuda: ", "--help");
    assertThat(out).doesNotExist();
  }

  @Test
  void freezing_onADeviceThatCannotBeUsed_saysWhy() {
    assumeThat(DeviceChoice.auto().name()).as("there is a card").isEqualTo("cpu");

    Cli cli = Cli.run("freezing", "--device", "cuda");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).contains("--device cuda: ", "--help");
  }

  @Test
  void command_thatMayChoose_saysWhatItChose(@TempDir Path directory) {
    Cli cli =
        Cli.run(
            "gan",
            "--data",
            "ring8-pacgan",
            "--steps",
            "1",
            "--device",
            "auto",
            "--out",
            directory.toString());

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).first().asString().matches("device {6}(cpu|cuda) \\(.+\\)");
  }
}
