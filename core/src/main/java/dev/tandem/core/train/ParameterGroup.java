package dev.tandem.core.train;

import dev.tandem.core.graph.Operation;
import dev.tandem.core.model.Selection;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.tensor.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model that is updated by other numbers than the rest, changed by copying: {@code
 * Training.with(AdamW.rate(1e-3)).groups(ParameterGroup.of(trunk).rateFactor(0.1).decay(0.1))}.
 * What it says nothing of is the recipe's. It selects as {@link Training#only} does, and moves
 * nothing that flags and the recipe's selection hold still.
 */
public final class ParameterGroup {

  private final Selection selection;
  private @Nullable Optimizer optimizer;
  private double rateFactor = 1;
  private double decay = Double.NaN;
  private @Nullable Clipping clipping;

  private ParameterGroup(Selection selection) {
    this.selection = Objects.requireNonNull(selection, "selection");
  }

  private ParameterGroup(ParameterGroup other) {
    this(other.selection);
    optimizer = other.optimizer;
    rateFactor = other.rateFactor;
    decay = other.decay;
    clipping = other.clipping;
  }

  /**
   * The weights of these layers and models.
   *
   * @throws IllegalArgumentException if one of them has no weights, or no weights yet
   */
  public static ParameterGroup of(Operation... parts) {
    return new ParameterGroup(Selection.only(parts));
  }

  /** The weights that a selection accepts, asked when a model is compiled. */
  public static ParameterGroup of(Selection selection) {
    return new ParameterGroup(selection);
  }

  /** Updates by another optimizer, which may be of another kind, with schedules of its own. */
  public ParameterGroup optimizer(Optimizer other) {
    ParameterGroup next = new ParameterGroup(this);
    next.optimizer = Objects.requireNonNull(other, "optimizer");
    return next;
  }

  /** Multiplies the rate of each step, at least 0; 1 unless set. */
  public ParameterGroup rateFactor(double factor) {
    Check.notNegative("factor of the rate", factor);
    ParameterGroup next = new ParameterGroup(this);
    next.rateFactor = factor;
    return next;
  }

  /**
   * Another weight decay, at least 0, of a group whose optimizer is {@link AdamW}: others refuse it
   * from compile.
   */
  public ParameterGroup decay(double decay) {
    Check.notNegative("weight decay", decay);
    ParameterGroup next = new ParameterGroup(this);
    next.decay = decay;
    return next;
  }

  /**
   * Clips the gradients of this group by themselves: a global norm is taken over its moved weights
   * alone, and that of the recipe over those of the others.
   */
  public ParameterGroup clip(Clipping limits) {
    ParameterGroup next = new ParameterGroup(this);
    next.clipping = Objects.requireNonNull(limits, "clipping");
    return next;
  }

  Selection selection() {
    return selection;
  }

  /** The rule for its weights under a recipe's optimizer. */
  UpdateRule rule(Optimizer usual) {
    Optimizer own = optimizer == null ? usual : optimizer;
    if (!Double.isNaN(decay)) {
      if (!(own instanceof AdamW decaying)) {
        throw new IllegalArgumentException(
            "the group " + this + " has a weight decay, and " + own + " has none; take AdamW");
      }
      own = decaying.decay(decay);
    }
    return new UpdateRule(own, rateFactor, clipping, this);
  }

  /** As in {@code only("trunk")}. */
  @Override
  public String toString() {
    String text = selection.toString();
    return text.contains("Lambda") ? "a predicate" : text;
  }

  /** Everything that it says, for comparing recipes. */
  String describe() {
    return "group "
        + this
        + ": "
        + optimizer
        + " · "
        + rateFactor
        + ", decay "
        + decay
        + ", clipping "
        + clipping;
  }
}
