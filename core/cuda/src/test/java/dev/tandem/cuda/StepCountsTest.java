package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.ParameterGroup;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.NoDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many commands a step is, both sides and all halves of it: counted without running any. */
class StepCountsTest {

  private final CudaEngine engine = new CudaEngine(new NoDevice());

  @ParameterizedTest
  @CsvSource({
    "MLP, 19",
    "RING, 38",
    "DCGAN28, 60",
    "WGANGP28, 67",
    "DCGAN32, 72",
    "DCGAN64, 95",
  })
  void step_ofAWorkload_isFewCommands(StepPrograms workload, int most) {
    int[] all = new int[1];
    workload.onEngine(
        engine,
        (name, program) -> {
          CudaReport report = program.report();
          System.out.println(
              workload
                  + " "
                  + name
                  + ": "
                  + report.commands()
                  + " commands ("
                  + report.launches()
                  + " launches, "
                  + report.libraryCalls()
                  + " libraries' calls, "
                  + report.copies()
                  + " copies), arena of "
                  + report.arenaBytes()
                  + " bytes");
          all[0] += report.commands();
        });

    assertThat(all[0]).isLessThanOrEqualTo(most);
  }

  /** Numbers of groups are arguments of one launch for all weights. */
  @Test
  void update_ofGroups_isAsManyCommandsAsWithout() {
    Model model =
        Model.sequential(
            "m", Input.of("x", 8), Dense.units(8), Dense.units(8).named("top"), Dense.units(2));
    Training recipe =
        Training.with(Adam.rate(1e-3)).loss(Losses.meanSquaredError()).engine(engine).seed(1);
    ParameterGroup slow = ParameterGroup.of(model.layer("top")).rateFactor(0.1);

    assertThat(commands(model, recipe.groups(slow))).isEqualTo(commands(model, recipe));
  }

  private static int commands(Model model, Training recipe) {
    try (Trainer trainer = model.compile(recipe)) {
      trainer.prepare(4, 1);
      return trainer.programs().stream()
          .mapToInt(program -> ((CudaProgram) program).report().commands())
          .sum();
    }
  }
}
