package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cuda.device.NoDevice;
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
}
