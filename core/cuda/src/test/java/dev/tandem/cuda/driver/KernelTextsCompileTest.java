package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.StepPrograms;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.KernelTexts;
import dev.tandem.cuda.device.NoDevice;
import dev.tandem.cuda.device.Prelude;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.worker.MeanTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernels of all op samples and of steps become machine code of cards, without registers in
 * memory.
 */
@Tag("nvcc")
class KernelTextsCompileTest {

  private static final List<String> TARGETS =
      List.of("sm_75", "sm_80", "sm_90", "sm_100", "sm_120");
  private static final Path FOLDER = Path.of("target", "nvcc");
  private static final Pattern SPILL =
      Pattern.compile(
          "Compiling entry function '(\\w+)'[^\\n]*\\n[^\\n]*\\n\\s*(\\d+) bytes stack"
              + " frame, (\\d+) bytes spill stores");

  @BeforeEach
  void requireCompiler() throws InterruptedException {
    boolean there;
    try {
      there =
          new ProcessBuilder("nvcc", "--version")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "skipped: there is no nvcc");
  }

  @Test
  void texts_oneOfEachLabel_compileForACardWithoutSpills() throws Exception {
    Map<String, KernelText> some = new TreeMap<>();
    KernelTexts.ofSamples(DataType.FLOAT)
        .values()
        .forEach(text -> some.putIfAbsent(text.label(), text));
    compile(some, "sm_90", "some");
  }

  @Test
  void texts_ofStepsUnderAGuard_compileForACardWithoutSpills() throws Exception {
    Map<String, KernelText> texts = new TreeMap<>();
    Device device =
        new NoDevice() {
          @Override
          public Recording record(List<Command> commands) {
            for (Command command : commands) {
              if (command instanceof Command.Launch launch) {
                texts.putIfAbsent(launch.kernel().name(), launch.kernel());
              }
            }
            return super.record(commands);
          }
        };
    Model model =
        Model.sequential(
            "net", Input.of("x", 3), Dense.units(4), BatchNormalization.of(), Dense.units(2));
    Training recipe =
        Training.with(Adam.rate(0.01))
            .loss(Losses.meanSquaredError())
            .clip(Clippings.byGlobalNorm(1))
            .engine(new CudaEngine(device));
    try (Trainer trainer = model.compile(recipe)) {
      trainer.trainOnBatch(Nd4j.zeros(DataType.FLOAT, 5, 3), Nd4j.zeros(DataType.FLOAT, 5, 2));
    }
    assertThat(texts.keySet())
        .anyMatch(name -> name.startsWith("verdict"))
        .anyMatch(name -> name.startsWith("take_feeds"));
    compile(texts, "sm_90", "guarded");
  }

  @Test
  void texts_ofMeansOfWorkers_compileForAllCardsWithoutSpills() throws Exception {
    for (String target : TARGETS) {
      compile(MeanTexts.all(), target, "means");
    }
  }

  @Tag("heavy")
  @ParameterizedTest
  @EnumSource(StepPrograms.class)
  void texts_ofAWorkloadsStep_compileForAllCardsWithoutSpills(StepPrograms workload)
      throws Exception {
    Map<String, KernelText> texts = KernelTexts.ofSteps(workload);
    for (String target : TARGETS) {
      compile(texts, target, workload.name());
    }
  }

  @Test
  void texts_ofASmallGansStep_compileForACardWithoutSpills() throws Exception {
    compile(KernelTexts.ofSteps(StepPrograms.DCGAN28), "sm_90", "dcgan28");
  }

  @Tag("heavy")
  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_80", "sm_90", "sm_100", "sm_120"})
  void texts_inBothTypes_compileForAllCardsWithoutSpills(String target) throws Exception {
    compile(KernelTexts.ofSamples(DataType.FLOAT), target, "float32");
    compile(KernelTexts.ofSamples(DataType.DOUBLE), target, "float64");
  }

  private static void compile(Map<String, KernelText> texts, String target, String label)
      throws Exception {
    Files.createDirectories(FOLDER);
    StringBuilder all = new StringBuilder(KernelCompiler.NUMBERS).append(Prelude.TEXT);
    texts.values().forEach(text -> all.append(text.function()));
    Path source = FOLDER.resolve(label + "-" + target + ".cu");
    Files.writeString(source, all);
    Process process =
        new ProcessBuilder(
                "nvcc",
                "-arch=" + target,
                "-cubin",
                "--fmad=false",
                "-std=c++17",
                "-w",
                "-split-compile=2",
                "-Xptxas",
                "-v",
                "-o",
                FOLDER.resolve(label + "-" + target + ".cubin").toString(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    int compiled = 0;
    Matcher spill = SPILL.matcher(output);
    while (spill.find()) {
      compiled++;
      assertThat(spill.group(3)).as("bytes that %s spills", spill.group(1)).isEqualTo("0");
    }
    assertThat(compiled).as("kernels of %s", target).isEqualTo(texts.size());
  }
}
