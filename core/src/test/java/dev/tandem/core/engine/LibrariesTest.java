package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** Which libraries run the kernels: without this, tests of a library that is not there pass. */
class LibrariesTest {

  /** Whether this is a platform for which the build brings oneDNN's natives. */
  static boolean oneDnnHasToServe() {
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    boolean amd64 = System.getProperty("os.arch").equals("amd64");
    return linux
        && amd64
        && Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  private static List<String> names(List<KernelLibrary> libraries) {
    return libraries.stream().map(KernelLibrary::name).toList();
  }

  @Test
  void libraries_onLinuxX86_64_areOneDnnThenNd4j() {
    assumeTrue(oneDnnHasToServe());

    assertThat(System.getProperty(EngineOptions.LIBRARIES_WITHOUT)).isNull();
    assertThat(names(EngineOptions.defaults().libraries()))
        .containsExactly("onednn", "nd4j", "samediff");
    assertThat(names(new PlanEngine().options().libraries()))
        .containsExactly("onednn", "nd4j", "samediff");
  }

  @Test
  void libraries_everywhere_endWithNd4jsOwn() {
    assertThat(names(EngineOptions.defaults().libraries())).endsWith("nd4j", "samediff");
  }

  @Test
  void product_onLinuxX86_64_isOneDnns() {
    assumeTrue(oneDnnHasToServe());
    Ops ops = new Ops();
    Value y =
        ops.matmul(ops.feed("x", TensorSpec.of(16, 16)), ops.feed("kernel", TensorSpec.of(16, 16)));

    try (Plan plan = new PlanEngine().prepare(ops.build(Map.of("y", y)))) {
      assertThat(plan.profile(0).entries())
          .extracting(PlanProfile.Entry::library)
          .contains("onednn");
    }
  }
}
