package dev.tandem.core.train;

import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.BatchStatistics;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.ModelWalk;
import dev.tandem.core.model.Snapshot;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the trap of fine-tuning: batch normalization in a trunk that a model's flag or a selection
 * holds still normalizes with the batch in steps, and with moving statistics that nobody moves in
 * predict and evaluate.
 *
 * <p>A trunk is what no moved parameter comes before. A discriminator that is frozen in a
 * generator's step is none: the generator comes before it.
 */
final class HeldStatistics implements ModelWalk.Interpreter<Boolean> {

  private static final int SHOWN = 3;

  private final Snapshot snapshot;
  private final Set<Weight> moved;
  private final Set<Weight> movedState;
  private final Set<String> found = new LinkedHashSet<>();

  private HeldStatistics(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.moved = new HashSet<>(snapshot.moved());
    this.movedState = snapshot.movedState();
  }

  /** The warning about a trainer, if there is one. */
  static Optional<String> in(Snapshot snapshot) {
    if (snapshot.moved().isEmpty()) {
      return Optional.empty();
    }
    HeldStatistics search = new HeldStatistics(snapshot);
    int inputs = snapshot.model().graph().inputs().size();
    ModelWalk.interpret(
        snapshot.model(), snapshot.flags(), Collections.nCopies(inputs, false), search);
    List<String> names = List.copyOf(search.found);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        snapshot.model()
            + " is trained with batch normalization held still by a model's flag or a selection, "
            + names.subList(0, Math.min(SHOWN, names.size()))
            + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "")
            + ": steps normalize with the batch, predict and evaluate with moving statistics, which"
            + " stay; to fine-tune, add inference(trunk) to the recipe or call"
            + " trunk.inference().apply(x); if the batch is meant, as in a GAN's steps, add"
            + " heldUsesBatchStatistics()");
  }

  /** Whether a moved parameter comes before each output. */
  @Override
  public List<Boolean> call(Node node, Layer layer, CallSite site, List<Boolean> inputs) {
    boolean behindMoved = inputs.contains(true);
    if (!behindMoved && !site.isInference()) {
      ModelWalk.visit(site, new Search());
    }
    boolean moves = layer.weights().stream().anyMatch(moved::contains);
    return Collections.nCopies(node.outputs().size(), behindMoved || moves);
  }

  /** The held layers of one call. */
  private final class Search implements ModelWalk.Visitor {

    @Override
    public boolean enter(Layer layer, CallSite site) {
      boolean open = !site.isFrozen() && !snapshot.inference().contains(layer);
      if (open
          && layer instanceof BatchStatistics norm
          && !norm.frozenUsesBatchStatistics()
          && layer.weights().stream().noneMatch(movedState::contains)) {
        found.add(site.path());
      }
      return open;
    }
  }
}
