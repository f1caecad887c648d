package dev.tandem.examples.bench;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.peers.PeerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a comparison with other systems. */
final class PeerOptions {

  @Option(
      names = "--peers",
      required = true,
      description =
          "Compare with other systems, each in processes of its own, one after another: SameDiff's"
              + " session, plain SameDiff, libtorch, TensorFlow Java, DJL and DL4J; for predictions"
              + " ONNX Runtime. Builds their programs first (the first time it fetches several"
              + " hundred MB from Maven Central). Writes the tables into docs/benchmarks.md, and"
              + " JSON beside it. With --device cuda: PyTorch on the same card by"
              + " examples/bench/torch-cuda/torch_gan.py, if python3 has it, into docs/gpu.md.")
  @SuppressWarnings("UnusedVariable") // says that this group is wanted
  private boolean peers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each system runs each workload, in turn (3).")
  private int rounds = 3;

  @Option(
      names = "--systems",
      paramLabel = "S",
      split = ",",
      description = "Only these, separated by commas; see the table for the names.")
  private List<String> systems = new ArrayList<>();

  @Option(
      names = "--iters",
      paramLabel = "N",
      description =
          "At most so many measured steps (300 for mlp and ring, up to 1,000 for predictions, else"
              + " 30; slow systems take fewer).")
  private int iterations = Integer.MAX_VALUE;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "At most so many steps before them (200 for mlp and ring, else 10).")
  private int warmup = Integer.MAX_VALUE;

  @Option(
      names = "--limit",
      paramLabel = "S",
      description = "Seconds after which a process is stopped and counts as failed (600).")
  private int limit = 600;

  @Option(names = "--page", paramLabel = "FILE", description = "Where the tables go instead.")
  private @Nullable Path page;

  /**
   * What to compare, with the workloads among the arguments, or all: dcgan64 on a card alone.
   *
   * @param onCard whether steps run on an NVIDIA card
   */
  PeerPlan plan(Words words, boolean onCard) {
    for (String system : systems) {
      if (!PeerPlan.systemNames(onCard).contains(system)) {
        throw words
            .wrong()
            .apply(
                "there is no system \"" + system + "\"; there are " + PeerPlan.systemNames(onCard));
      }
    }
    ImmutableList<Task> tasks =
        words.all().isEmpty()
            ? ImmutableList.copyOf(onCard ? Task.onCard() : Task.usual())
            : words.all().stream()
                .flatMap(word -> words.tasks(word).stream())
                .distinct()
                .collect(ImmutableList.toImmutableList());
    for (Task task : tasks) {
      if (onCard && !Task.onCard().contains(task)) {
        throw words
            .wrong()
            .apply(
                "PyTorch's script for cards does not know "
                    + task.label()
                    + "; on a card there are "
                    + Task.onCard().stream().map(Task::label).toList());
      }
    }
    return new PeerPlan(
        onCard,
        tasks,
        ImmutableList.copyOf(systems),
        words.atLeast(1, rounds, "--rounds"),
        Duration.ofSeconds(words.atLeast(1, limit, "--limit")),
        words.atLeast(1, iterations, "--iters"),
        words.atLeast(0, warmup, "--warmup"),
        Optional.ofNullable(page));
  }
}
