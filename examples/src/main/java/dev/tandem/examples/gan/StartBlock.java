package dev.tandem.examples.gan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.config.WorkerSettings;
import dev.tandem.gan.train.RoundMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a run says of itself before its first round: data, settings, nets, and what a round takes in
 * memory.
 *
 * @param run that begins
 */
record StartBlock(PlannedRun run) {

  private static final String INDENT = " ".repeat(12);
  private static final double KILO = 1e3;

  /** What is known before the steps are compiled, line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("data        " + run.data().summary());
    run.data().domains().ifPresent(domains -> lines.add("translated  " + domains));
    Config config = run.config();
    lines.add(
        String.format(
            Locale.ROOT,
            "preset      %s, batches of %d%s, %,d %s, seed %d",
            config.name(),
            run.recipe().batch(),
            run.data().fitsOneBatch(run.recipe()) ? " (all that there are)" : "",
            config.budget().rounds(),
            config.budget().rounds() == 1 ? "round" : "rounds",
            run.seed()));
    if (config.workers().count() > 1) {
      lines.add("workers     " + workers(config.workers()));
    }
    for (Model net : nets()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "net         %s: %,d weights, %s",
              net.name(),
              weights(net),
              text(bytes(net))));
    }
    return lines;
  }

  private String workers(WorkerSettings workers) {
    int count = workers.count();
    int threads = Nd4j.getEnvironment().maxThreads();
    int cores = Runtime.getRuntime().availableProcessors();
    int samples = run.recipe().batch() * run.recipe().pair().packing();
    if (workers.isOnCards()) {
      return String.format(
          Locale.ROOT,
          "%d cards of this machine, %,d samples in a step; exchanged: %s%n%seach has memory of its"
              + " own; batches come from one process",
          count,
          (long) samples * run.recipe().schedule().accumulation() * count,
          workers.exchange(),
          INDENT);
    }
    return String.format(
        Locale.ROOT,
        "%d threads of this process, %,d samples in a step; exchanged: %s%n%s%s",
        count,
        (long) samples * run.recipe().schedule().accumulation() * count,
        workers.exchange(),
        INDENT,
        count * threads > cores && threads > 1
            ? "each takes "
                + threads
                + " threads, and there are "
                + cores
                + " processors; OMP_NUM_THREADS="
                + Math.max(1, cores / count)
                + " shares them"
            : "each takes " + threads + " of " + cores + " processors, and memory of its own");
  }

  /** What a round takes, by what was compiled. */
  static String memory(RoundMemory memory) {
    return String.format(
        Locale.ROOT,
        "memory      %s for a round, besides Java's heap%n%s%s, %s,%n%s%s, %s, %s, %s",
        memory.total().isPresent()
            ? text(memory.total().getAsLong())
            : "what the steps take is not known here",
        INDENT,
        text("steps of the discriminator", memory.discriminator()),
        text("of the generator", memory.generator()),
        INDENT,
        text("weights", OptionalLong.of(memory.weights())),
        text("optimizers", OptionalLong.of(memory.optimizers())),
        text("gradients", OptionalLong.of(memory.gradients())),
        text("real samples", OptionalLong.of(memory.batches())));
  }

  /** The same for programs, with bytes as numbers. */
  ObjectNode facts(RoundMemory memory) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode data = facts.putObject("data");
    data.put("name", run.data().name());
    data.put("samples", run.data().dataset().size());
    data.put("shape", run.data().sample().toString());
    data.put("classes", run.data().classes());
    facts.put("workers", run.config().workers().count());
    facts.put("exchange", run.config().workers().exchange().toString());
    ObjectNode nets = facts.putObject("nets");
    nets().forEach(net -> nets.put(net.name(), weights(net)));
    ObjectNode bytes = facts.putObject("round_memory");
    memory.total().ifPresent(total -> bytes.put("total", total));
    memory.discriminator().ifPresent(steps -> bytes.put("discriminator_steps", steps));
    memory.generator().ifPresent(steps -> bytes.put("generator_steps", steps));
    bytes.put("weights", memory.weights());
    bytes.put("optimizers", memory.optimizers());
    bytes.put("gradients", memory.gradients());
    bytes.put("real_samples", memory.batches());
    return facts;
  }

  private List<Model> nets() {
    List<Model> nets = new ArrayList<>();
    for (Direction direction : run.recipe().pair().directions()) {
      nets.add(direction.generator());
      nets.add(direction.discriminator());
    }
    return nets;
  }

  private static long weights(Model net) {
    return net.weights().stream().mapToLong(weight -> weight.shape().length()).sum();
  }

  private static long bytes(Model net) {
    return net.weights().stream()
        .mapToLong(weight -> weight.shape().length() * weight.spec().dtype().width())
        .sum();
  }

  private static String text(String what, OptionalLong bytes) {
    return what + " " + (bytes.isPresent() ? text(bytes.getAsLong()) : "unknown");
  }

  /** As in {@code 4.8 MB}. */
  private static String text(long bytes) {
    double size = bytes / KILO;
    for (String unit : List.of("KB", "MB")) {
      if (size < KILO) {
        return String.format(Locale.ROOT, "%.1f %s", size, unit);
      }
      size /= KILO;
    }
    return String.format(Locale.ROOT, "%.2f GB", size);
  }
}
