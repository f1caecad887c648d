package dev.tandem.core.train.callback;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets parts of a model move that a trainer's selection held still, some epochs later (Howard,
 * Ruder, ULMFiT, ACL 2018, arXiv:1801.06146): {@code GradualUnfreezing.at(2, top).and(4, trunk)}
 * for a trainer of {@code recipe.only(head)}. What moves already keeps its optimizer state, what is
 * new begins as in a first step, and schedules go on. A fit that goes on behind such an epoch lets
 * its parts move at once. The trainer that was fitted is closed when another one takes its place;
 * the one that went on is {@code history.trainer()}.
 */
public final class GradualUnfreezing implements Callback {

  private static final Logger LOG = LoggerFactory.getLogger(GradualUnfreezing.class);

  private final ImmutableSortedMap<Integer, List<Operation>> phases;

  private GradualUnfreezing(Map<Integer, List<Operation>> phases) {
    this.phases = ImmutableSortedMap.copyOf(phases);
  }

  /**
   * Lets layers and models move from an epoch on.
   *
   * @param epoch counted from 0, at least 1
   */
  public static GradualUnfreezing at(int epoch, Operation... parts) {
    return new GradualUnfreezing(Map.of()).and(epoch, parts);
  }

  /** Lets others move from another epoch on, besides. */
  public GradualUnfreezing and(int epoch, Operation... parts) {
    if (epoch < 1) {
      throw new IllegalArgumentException(
          "parts are unfrozen at epoch " + epoch + "; the first epoch, 0, is the selection's");
    }
    if (parts.length == 0) {
      throw new IllegalArgumentException(
          "nothing is unfrozen at epoch " + epoch + "; name a layer or a model");
    }
    if (phases.containsKey(epoch)) {
      throw new IllegalArgumentException(
          "parts are unfrozen at epoch " + epoch + " already; name them together");
    }
    Map<Integer, List<Operation>> all = new TreeMap<>(phases);
    all.put(epoch, List.of(parts));
    return new GradualUnfreezing(all);
  }

  @Override
  public void onStart(FitProgress progress) {
    phases.headMap(progress.epoch(), true).values().forEach(parts -> unfreeze(progress, parts));
  }

  @Override
  public void onEpoch(FitProgress progress) {
    List<Operation> parts = phases.get(progress.epoch() + 1);
    if (parts != null && progress.epoch() + 1 < progress.epochs() && !progress.isStopped()) {
      unfreeze(progress, parts);
    }
  }

  private static void unfreeze(FitProgress progress, List<Operation> parts) {
    Operation[] more = parts.toArray(Operation[]::new);
    progress.unfreeze(more);
    LOG.info(
        "{} moves in {} from now on too: {} weights are moved",
        Arrays.stream(more).map(Operation::label).toList(),
        progress.trainer().model(),
        progress.trainer().moves().size());
  }
}
