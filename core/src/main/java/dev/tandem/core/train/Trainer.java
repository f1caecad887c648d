package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model: what compiling it gives. What it moves was decided then; changing a flag later
 * changes nothing here. Any number of trainers may move the same weights; each has optimizer state of
 * its own. For one thread at a time.
 */
public final class Trainer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Training recipe;
  private final Snapshot snapshot;
  private final ImmutableList<Head> heads;
  private final ImmutableList<Moved> moved;
  private final Map<Weight, Variable> pending = new LinkedHashMap<>();
  private final Programs programs = new Programs();
  private final Engine engine;
  private @Nullable Update update;
  private long steps;
  private int gathered;

  Trainer(Training recipe, Snapshot snapshot) {
    this(
        recipe,
        snapshot,
        snapshot.moved().stream()
            .map(weight -> Moved.of(weight, recipe.optimizer()))
            .collect(ImmutableList.toImmutableList()),
        0);
  }

  private Trainer(Training recipe, Snapshot snapshot, ImmutableList<Moved> moved, long steps) {
    this.heads = Head.of(snapshot.model(), recipe);
    Backend.require();
    this.recipe = recipe;
    this.snapshot = snapshot;
    this.engine = recipe.engine().make();
    this.moved = moved;
    this.steps = steps;
    if (moved.isEmpty()) {
      LOG.info("a trainer of {} moves no weights: its steps only report", snapshot.model());
    }
  }

  /** One step on an input and its target. */
  public StepResult trainOnBatch(INDArray input, INDArray target) {
    return trainOnBatch(Examples.of(input, target));
  }

  /**
   * One step: gradients, then the update.
   *
   * @throws IllegalArgumentException if the arrays do not fit the model; nothing is changed
   * @throws NonFiniteException if the loss is NaN or infinite; no weight is changed
   */
  public StepResult trainOnBatch(Examples examples) {
    StepResult result = gradients(examples);
    update();
    return result;
  }

  /**
   * The first half of a step: computes losses and gradients and moves nothing. Called again before
   * {@link #update}, it adds to the gradients; the update takes their mean.
   */
  public StepResult gradients(Examples examples) {
    return gradients(Checked.of(model(), heads, examples), null);
  }

  StepResult gradients(Checked checked, @Nullable Judges judges) {
    Use use = gathered == 0 ? Use.GRADIENTS : Use.MORE_GRADIENTS;
    Program program = fed(use, checked);
    program.run(recipe.seed(), steps + 1);
    double loss = program.scalar(PortNames.TOTAL);
    if (!Double.isFinite(loss)) {
      throw NonFinite.explain(this, program, checked, loss);
    }
    if (gathered > 0) {
      commitState();
    }
    gathered++;
    return report(steps + 1, loss, program, checked, judges);
  }

  private void commitState() {
    pending.forEach((weight, value) -> weight.variable().array().assign(value.array()));
  }

  /**
   * The second half of a step: the gradients at hand move the weights.
   *
   * @throws IllegalStateException if no gradients were computed since the last update
   */
  public void update() {
    if (gathered == 0) {
      throw new IllegalStateException(
          "there are no gradients to update " + model() + " with; call gradients(...) first");
    }
    if (gathered > 1) {
      double share = 1.0 / gathered;
      moved.forEach(m -> m.gradient().array().muli(share));
    }
    if (update == null) {
      update = new Update(engine, recipe.optimizer(), recipe.clipping(), moved, pending);
    }
    update.run(recipe.seed(), steps + 1);
    steps++;
    gathered = 0;
  }

  /** Losses without a step, as in inference: nothing moves. */
  public StepResult testOnBatch(INDArray input, INDArray target) {
    return testOnBatch(Examples.of(input, target));
  }

  /** Losses without a step, as in inference: nothing moves. */
  public StepResult testOnBatch(Examples examples) {
    return test(Checked.of(model(), heads, examples), null);
  }

  StepResult test(Checked checked, @Nullable Judges judges) {
    Program program = fed(Use.TEST, checked);
    program.run(recipe.seed(), 0);
    return report(0, program.scalar(PortNames.TOTAL), program, checked, judges);
  }

  private StepResult report(
      long step, double total, Program program, Checked checked, @Nullable Judges judges) {
    ImmutableMap.Builder<String, Double> losses = ImmutableMap.builder();
    for (Head head : heads) {
      if (head.loss() != null) {
        losses.put(head.name(), program.scalar(PortNames.loss(head.name())));
      }
    }
    StepResult result = new StepResult(step, total, losses.buildOrThrow());
    if (judges != null) {
      judges.add(result, program, checked);
    }
    return result;
  }

  private Program fed(Use use, Checked checked) {
    Key key = new Key(use, checked.batch(), checked.weighted());
    return checked.feed(programs.get(key, () -> engine.prepare(draw(use, checked))));
  }

  private OpGraph draw(Use use, Checked checked) {
    Set<String> weighted = checked.weighted();
    if (use == Use.TEST) {
      return Drawing.test(snapshot, heads, weighted, checked.batch());
    }
    boolean accumulate = use == Use.MORE_GRADIENTS;
    return Drawing.gradients(
        snapshot, heads, moved, pending, weighted, checked.batch(), accumulate);
  }

  /** The only output for an input, in inference mode: a new array. */
  public INDArray predict(INDArray input) {
    return predictor().predict(input);
  }

  /** All outputs by name for inputs by name, in inference mode: new arrays. */
  public Map<String, INDArray> predict(Map<String, INDArray> inputs) {
    return predictor().predict(inputs);
  }

  private Predictor predictor() {
    return new Predictor(snapshot, engine, programs);
  }

  /** Trains for epochs over a data set. */
  public History fit(Dataset data, Fit how) {
    return how.run(this, data);
  }

  /** Mean losses and metrics over a data set: nothing moves. */
  public ImmutableMap<String, Double> evaluate(Dataset data, int batchSize) {
    return Evaluation.of(this, data, batchSize);
  }

  /**
   * A trainer of the same recipe with today's flags: it keeps the optimizer state of the weights that
   * still move and starts that of others anew. This one must not be used afterwards.
   */
  public Trainer recompile() {
    Snapshot now = Snapshot.of(model(), recipe.selection());
    Map<Weight, Moved> known = new LinkedHashMap<>();
    moved.forEach(m -> known.put(m.weight(), m));
    ImmutableList<Moved> next =
        now.moved().stream()
            .map(w -> known.containsKey(w) ? known.get(w) : Moved.of(w, recipe.optimizer()))
            .collect(ImmutableList.toImmutableList());
    close();
    return new Trainer(recipe, now, next, steps);
  }

  /** The trained model. */
  public Model model() {
    return snapshot.model();
  }

  /** What was decided at compilation. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The weights it moves, by first appearance. */
  public ImmutableList<Weight> moves() {
    return snapshot.moved();
  }

  /** Whether flags have changed since it was compiled. */
  public boolean isStale() {
    return snapshot.isStale();
  }

  /** The number of updates so far. */
  public long steps() {
    return steps;
  }

  /**
   * The gradients of the last first half, by path of the weight; live arrays, which may be changed
   * before {@link #update}.
   */
  public ImmutableMap<String, INDArray> gradientArrays() {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    moved.forEach(m -> arrays.put(m.weight().path(), m.gradient().array()));
    return arrays.buildOrThrow();
  }

  /** What the trainer has to remember to go on exactly: for checkpoints. */
  public TrainerState state() {
    return new TrainerState(this);
  }

  void restore(long stepCount) {
    steps = stepCount;
    gathered = 0;
  }

  ImmutableList<Moved> moved() {
    return moved;
  }

  ImmutableList<Head> heads() {
    return heads;
  }

  Training recipe() {
    return recipe;
  }

  /** The listing and times of the plans compiled so far, for profiles. */
  public List<Program> programs() {
    return programs.all(update == null ? null : update.program());
  }

  /** Gives the memory of its plans back; weights stay. */
  @Override
  public void close() {
    programs.close();
    if (update != null) {
      update.close();
      update = null;
    }
  }
}
