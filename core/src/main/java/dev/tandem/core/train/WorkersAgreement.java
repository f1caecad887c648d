package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.tensor.Numbers;
import dev.tandem.core.worker.Agreement;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Looks whether workers compile like models by like recipes, before they make a step. */
final class WorkersAgreement {

  private static final String NONE = "none";

  private WorkersAgreement() {}

  /**
   * The seed of all workers: the one that their recipes have, or else one that the first has taken.
   *
   * @throws WorkerException if recipes have different ones
   */
  static long seed(Workers workers, Model model, OptionalLong given, LongSupplier fresh) {
    if (workers.count() == 1) {
      return given.orElseGet(fresh);
    }
    long mine = given.orElseGet(() -> workers.rank() == 0 ? fresh.getAsLong() : 0);
    String first =
        Agreement.require(
                workers,
                "a trainer of " + model,
                ImmutableList.of("seed " + (given.isPresent() ? String.valueOf(mine) : NONE)))
            .get(0);
    String told = text(workers.gather(bytes(String.valueOf(mine))).get(0));
    return first.endsWith(NONE) ? Long.parseLong(told) : mine;
  }

  /**
   * Looks whether all move the same weights from the same values.
   *
   * @throws WorkerException if not
   */
  static void require(
      Workers workers, Training recipe, Snapshot snapshot, List<TrainedWeight> moved) {
    if (workers.count() == 1) {
      return;
    }
    Model model = snapshot.model();
    requireApart(workers, model);
    List<String> lines = new ArrayList<>();
    lines.add("optimizer " + recipe.optimizer());
    lines.add("clipping " + recipe.clipping());
    recipe.groups().forEach(group -> lines.add(group.describe()));
    lines.add("losses " + recipe.losses() + " of weights " + recipe.lossWeights());
    lines.add("precision " + recipe.precision());
    lines.add("exchange of " + recipe.exchange());
    moved.forEach(one -> lines.add("trained weight \"" + one.path() + "\" " + one.weight().spec()));
    model.weightsByPath().forEach((path, weight) -> lines.add(line(path, weight)));
    Agreement.require(workers, "a trainer of " + model, lines);
  }

  /** Workers of one process that share weights would wait for each other without end. */
  private static void requireApart(Workers workers, Model model) {
    ProcessHandle process = ProcessHandle.current();
    String mine =
        process.pid()
            + " since "
            + process.info().startInstant()
            + ": "
            + WeightGroups.of(model).number();
    List<String> all = workers.gather(bytes(mine)).stream().map(WorkersAgreement::text).toList();
    for (int rank = 1; rank < all.size(); rank++) {
      int first = all.indexOf(all.get(rank));
      if (first < rank) {
        throw new WorkerException(
            rank,
            "a trainer of "
                + model
                + ": workers "
                + first
                + " and "
                + rank
                + " have the same weights; let each build its models in its own program",
            null);
      }
    }
  }

  private static String line(String path, Weight weight) {
    Hasher hasher = Hashing.sha256().newHasher();
    Numbers values = Numbers.of(weight.variable().read());
    for (long i = 0; i < values.length(); i++) {
      hasher.putDouble(values.at(i));
    }
    return "weight \"" + path + "\" " + weight.spec() + " with values " + hasher.hash();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
