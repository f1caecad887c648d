package dev.tandem.examples.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.ChildProcess;
import dev.tandem.examples.bench.systems.Contender;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompetitorsTest {

  private static final Repository REPOSITORY = Repository.find();

  @Test
  void repository_aroundTheTests_isFound() {
    assertThat(REPOSITORY.bench().resolve("torch/pom.xml")).exists();
    assertThat(REPOSITORY.page(false)).exists();
    new ReportFiles(REPOSITORY.page(false)).check();
    new ReportFiles(REPOSITORY.page(true)).check();
  }

  @Test
  void contenders_ofThisApplication_areAllCompared() {
    assertThat(PeerPlan.systemNames(false))
        .startsWith("tandem", "tandem+samediff", "samediff")
        .contains("torch", "torch+channelslast", "tfjava", "djl", "dl4j");
    assertThat(PeerPlan.systemNames(true))
        .containsExactly(
            "tandem+cuda", "torch-eager", "torch-channelslast", "torch-compile", "torch-graph");
    for (Contender contender : Contender.values()) {
      boolean onCard = contender == Contender.TANDEM_ON_CUDA;
      assertThat(PeerPlan.systemNames(onCard)).contains(contender.label());
    }
  }

  @Test
  void programs_ofOtherSystems_haveTheirSources() {
    for (Competitor competitor : Competitors.all(REPOSITORY)) {
      String file = competitor.mainClass().replace('.', '/') + ".java";
      Path sources =
          competitor
              .module()
              .map(module -> REPOSITORY.bench().resolve(module))
              .orElse(REPOSITORY.root().resolve("examples"));
      assertThat(Files.exists(sources.resolve("src/main/java").resolve(file)))
          .as(competitor.name())
          .isTrue();
    }
  }

  @Test
  void script_ofTorchOnACard_isStartedAsTheOthersAre() {
    Peer graph = CardPeers.all(REPOSITORY, "torch 2").get(4);

    ChildProcess process = graph.process("cp", "3", Task.DCGAN64, new Steps(7, 2));

    assertThat(graph.version("cp")).isEqualTo("torch 2");
    assertThat(process.command()).startsWith("python3").endsWith("graph", "dcgan64", "7", "2");
    assertThat(Path.of(process.command().get(1))).exists();
  }

  @Test
  void process_ofASystem_hasTheThreadsAndTheSameHeap() {
    for (Competitor competitor : Competitors.all(REPOSITORY)) {
      ChildProcess process = competitor.process("cp", "3", Task.RING, new Steps(7, 2));

      assertThat(process.environment())
          .containsEntry("OMP_NUM_THREADS", "3")
          .containsEntry("OPENBLAS_NUM_THREADS", "3");
      assertThat(process.command()).contains("-Xmx2g", competitor.mainClass());
      assertThat(process.command()).endsWith("ring", "7", "2");
    }
  }

  @Test
  void version_inAClassPath_isFound() {
    Competitor torch =
        Competitors.all(REPOSITORY).stream()
            .filter(competitor -> competitor.name().equals("torch"))
            .findFirst()
            .orElseThrow();

    assertThat(torch.version("/m2/org/bytedeco/pytorch/2.10.0-1.5.13/pytorch-2.10.0-1.5.13.jar"))
        .isEqualTo("pytorch 2.10.0-1.5.13");
    assertThat(torch.version("/bench/pytorch/target/classes")).isEqualTo("pytorch ?");
    assertThat(torch.version("classes")).isEqualTo("pytorch ?");
  }
}
