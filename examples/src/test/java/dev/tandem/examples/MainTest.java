package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void application_withoutCommand_namesAllCommands() {
    Cli cli = Cli.run();

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains(
            "mnist",
            "freezing",
            "heads",
            "siamese",
            "finetune",
            "text",
            "text",
            "autoencoder",
            "diffusion",
            "gan",
            "sample",
            "interpolate",
            "evaluate",
            "compare",
            "summary",
            "export",
            "serve",
            "serve-images",
            "gallery",
            "modes",
            "classifier",
            "bench",
            "doctor")
        .contains("--trace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist",
        "freezing",
        "heads",
        "siamese",
        "finetune",
        "text",
        "autoencoder",
        "diffusion",
        "gan",
        "sample",
        "interpolate",
        "evaluate",
        "compare",
        "summary",
        "export",
        "serve",
        "serve-images",
        "gallery",
        "modes",
        "classifier",
        "bench",
        "doctor"
      })
  void command_askedForHelp_describesItself(String command) {
    Cli cli = Cli.run(command, "--help");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).startsWith("Usage: tandem " + command);
    assertThat(cli.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mnst                       | tandem: | mnst
          freezing --hard            | tandem freezing: | --hard
          mnist --steps many         | tandem mnist: | --steps
          mnist --steps 0            | tandem mnist: | --steps is not at least 1: 0
          mnist --out                | tandem mnist: | --out
          heads --steps -1           | tandem heads: | --steps is not at least 1: -1
          siamese --seeds 0          | tandem siamese: | --seeds is not at least 1: 0
          siamese --unseen 7,77      | tandem siamese: | --unseen takes 2 to 8 digits of 0 to 9
          siamese --loss hinge       | tandem siamese: | --loss
          finetune --images 0        | tandem finetune: | --images is not at least 1: 0
          finetune --steps 0         | tandem finetune: | --steps is not at least 1: 0
          text --sentences 99999     | tandem text: | --sentences is not at most
          autoencoder --samples 9    | tandem autoencoder: | --samples is not in [100, 30000]: 9
          diffusion --device gpu     | tandem diffusion: | the nearest is cuda
          gan --steps 0              | tandem gan: | budget.rounds is not at least 1: 0
          gan --preset gun           | tandem gan: | there is no preset gun; the nearest is cgan, and
          gan --data moons           | tandem gan: | there is no data or folder "moons"; there are
          gan --data ring8-pacgan --metrics fad | tandem gan: | there is no metric "fad"; there are [fid, kid,
          gan --data ring8-pacgan --preset pix2pix | tandem gan: | preset pix2pix translates images
          gan --data mnist --to mnist | tandem gan: | preset dcgan starts from noise;
          gan --preset cyclegan --to stacked-mnist | tandem gan: | those of mnist are (28, 28, 1),
          gan --preset cyclegan --metrics fid:100 | tandem gan: | the preset translates mnist; leave it out
          gallery dali               | tandem gallery: | there is no example "dali"; there are [
          gallery pix2pix --steps 0  | tandem gallery: | --steps is not at least 1: 0
          modes                      | tandem modes: | PROTOCOL
          modes ring9                | tandem modes: | there is no protocol "ring9"; there are [
          modes ring8-pacgan --preset x | tandem modes: | there is no preset "x"; there are [dcgan,
          modes ring8-pacgan --seeds 0 | tandem modes: | --seeds is not at least 1: 0
          modes ring8-pacgan --steps 0 | tandem modes: | --steps is not at least 1: 0
          classifier --epochs 0      | tandem classifier: | --epochs is not at least 1: 0
          bench                      | tandem bench: | WORKLOAD
          bench gpt                  | tandem bench: | there is no workload "gpt"; there are mlp
          bench init:gpt             | tandem bench: | there is no workload "gpt"
          bench ring 0               | tandem bench: | ITERS is not at least 1: 0
          bench ring 1 -1            | tandem bench: | WARMUP is not at least 0: -1
          bench ring ten             | tandem bench: | ten
          bench ring --device warp   | tandem bench: | --device warp: there is no such device; there are
          mnist --device gpu         | tandem mnist: | the nearest is cuda
          heads --device auot        | tandem heads: | the nearest is auto
          bench ring 1 1 1           | tandem bench: | Unmatched argument: '1'
          bench ring --rounds 2      | tandem bench: | --peers
          bench --peers gpt          | tandem bench: | there is no workload "gpt"
          bench predict              | tandem bench: | alone there are [predict-generator28-1,
          bench --profile predict-resnet20-1 | tandem bench: | predict-resnet20-1 has none
          bench --peers --rounds 0   | tandem bench: | --rounds is not at least 1: 0
          bench --peers --limit 0    | tandem bench: | --limit is not at least 1: 0
          bench --peers --systems x  | tandem bench: | there is no system "x"; there are [tandem
          bench --peers --scale      | tandem bench: | --scale
          bench --scale mlp          | tandem bench: | only of dcgan28
          bench --scale --device cpu  | tandem bench: | --device goes with
          bench --profile --device samediff | tandem bench: | --device goes with
          bench --peers --device samediff | tandem bench: | leave --device out
          bench --compare ring 0 --device samediff | tandem bench: | STEPS is not at least 1: 0
          bench --compare ring       | tandem bench: | give --device cuda or samediff
          doctor --xml               | tandem doctor: | --xml
          bench --memory ring 0      | tandem bench: | STEPS is not at least 1: 0
          bench --memory --against samediff | tandem bench: | --against goes with
          """)
  void command_calledWrongly_saysSoInOneLineAndExitsWith2(
      String arguments, String place, String reason) {
    Cli cli = Cli.run(arguments.split(" "));

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith(place).contains(reason).contains("--help");
  }

  @Test
  void command_thatFails_printsTheMessageAlone(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    Cli cli = Cli.run("mnist", "--steps", "1", "--out", file.toString());

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).startsWith("tandem mnist: ").contains(file.toString());
  }

  @Test
  void command_thatFailsWithTrace_printsTheStackToo(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    Cli cli = Cli.run("mnist", "--steps", "1", "--out", file.toString(), "--trace");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("at dev.tandem.examples.mnist.MnistCommand");
  }
}
