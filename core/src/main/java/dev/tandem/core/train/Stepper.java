package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Program;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Prepared;
import dev.tandem.core.train.Programs.Use;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the compiled halves of steps and counts them. Nothing that others can see moves before the
 * second half.
 */
final class Stepper {

  private final Training recipe;
  private final Model model;
  private final ImmutableList<Head> heads;
  private final ImmutableList<Moved> moved;
  private final Engine engine;
  private final Ports ports;
  private final Drawing drawing;
  private final Programs programs;
  private final Leftovers leftovers;
  private final boolean examines;
  private final long seed;
  private boolean shown;
  private @Nullable Update update;
  private @Nullable String closedBy;
  private long steps;
  private int gathered;
  private long gatheredSamples;

  Stepper(
      Training recipe,
      Snapshot snapshot,
      ImmutableList<Head> heads,
      ImmutableList<Moved> moved,
      Engine engine) {
    this.recipe = recipe;
    this.model = snapshot.model();
    this.heads = heads;
    this.moved = moved;
    this.engine = engine;
    this.ports = new Ports(model, heads);
    this.drawing = new Drawing(snapshot, heads, moved);
    this.programs = new Programs(engine, drawing::draw);
    this.leftovers = new Leftovers(moved, drawing.states());
    this.examines = recipe.checksExamples() && FiniteChecks.ofExamples();
    // trainers of one recipe draw numbers of their own for each model
    this.seed = CounterRandom.of(recipe.seed(), CounterRandom.seedOf(model.name())).key();
  }

  /** The examples, found to fit. */
  Checked check(Examples examples) {
    requireOpen();
    return ports.check(examples);
  }

  /**
   * Searches examples for NaN and infinity, unless the recipe leaves that out.
   *
   * @param arrays what is given at each port
   * @throws NonFiniteException if there is one where a step must not meet it
   */
  void examine(Function<Port, @Nullable INDArray> arrays) {
    Optional<String> found = examines ? Feeds.findNonFinite(ports, arrays) : Optional.empty();
    if (found.isPresent()) {
      throw NonFinite.inExamples(model, found.get(), steps + 1);
    }
  }

  Ports ports() {
    return ports;
  }

  /** The number of updates so far. */
  long steps() {
    return steps;
  }

  /** Whether no gradients wait for their update. */
  boolean isBetweenSteps() {
    return gathered == 0;
  }

  /** Goes on from a number of updates; gradients at hand are forgotten. */
  void restore(long number) {
    requireOpen();
    steps = number;
    forget();
  }

  /** The first half; again before the second, it makes the mean of all gradients. */
  StepResult gradients(Checked checked, @Nullable Judges judges) {
    requireOpen();
    int parts = gathered;
    long samples = gatheredSamples + Math.max(1, checked.batch());
    Prepared prepared = prepare(parts == 0 ? Use.GRADIENTS : Use.MORE_GRADIENTS, checked);
    Program program = checked.feed(prepared);
    for (int i = 0; i < prepared.shares().size(); i++) {
      program.feed(prepared.shares().get(i), 1 - (double) gatheredSamples / samples);
    }
    forget(); // what is there is written over; it counts again when all went well
    // each part of an accumulated step draws numbers of its own
    long part = parts == 0 ? seed : CounterRandom.of(seed, parts).key();
    program.run(part, steps + 1);
    double loss = program.scalar(PortNames.TOTAL);
    if (!Double.isFinite(loss)) {
      throw NonFinite.explain(model, program, checked, "the loss is " + loss, part, steps + 1);
    }
    if (!leftovers.areFinite()) {
      String what = leftovers.culprit().orElseThrow() + " behind a finite loss";
      throw NonFinite.explain(model, program, checked, what, part, steps + 1);
    }
    gathered = parts + 1;
    gatheredSamples = samples;
    return report(steps + 1, loss, program, checked, judges);
  }

  private void forget() {
    gathered = 0;
    gatheredSamples = 0;
  }

  /** The second half. */
  void update() {
    requireOpen();
    if (gathered == 0) {
      throw new IllegalStateException(
          "there are no gradients to update " + model + " with; call gradients(...) first");
    }
    if (update == null) {
      update = new Update(engine, recipe.optimizer(), recipe.clipping(), moved, drawing.pending());
    }
    if (shown && !leftovers.areFinite()) {
      forget();
      throw NonFinite.beforeUpdate(model, leftovers.culprit().orElseThrow(), steps + 1);
    }
    if (leftovers.areLarge()) {
      carefully(update);
    } else {
      update.run(seed, steps + 1);
    }
    steps++;
    forget();
  }

  /** An update that may overflow: what it makes is looked at, and taken back. */
  private void carefully(Update risky) {
    Kept kept = new Kept(risky.written());
    risky.run(seed, steps + 1);
    Optional<String> broken = kept.findBroken();
    if (broken.isPresent()) {
      kept.restore();
      forget();
      throw NonFinite.afterUpdate(model, broken.get(), steps + 1);
    }
  }

  /** Gradients are in others' hands from now on, and looked at again before they are used. */
  void show() {
    shown = true;
  }

  /**
   * Losses without a step.
   *
   * @param number of the batch, which random layers that work in inference too draw from
   */
  StepResult test(Checked checked, long number, @Nullable Judges judges) {
    requireOpen();
    Program program = checked.feed(prepare(Use.TEST, checked));
    program.run(seed, number);
    return report(0, program.scalar(PortNames.TOTAL), program, checked, judges);
  }

  private Prepared prepare(Use use, Checked checked) {
    return programs.get(new Key(use, checked.batch(), checked.weighted()));
  }

  private StepResult report(
      long step, double total, Program program, Checked checked, @Nullable Judges judges) {
    StepResult result = new StepResult(step, total, losses(program));
    if (judges != null) {
      judges.add(result, program, checked);
    }
    return result;
  }

  private ImmutableMap<String, Double> losses(Program program) {
    if (heads.size() == 1) {
      Head only = heads.get(0);
      return ImmutableMap.of(only.name(), program.scalar(only.lossName()));
    }
    ImmutableMap.Builder<String, Double> losses = ImmutableMap.builder();
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      if (head.loss() != null) {
        losses.put(head.name(), program.scalar(head.lossName()));
      }
    }
    return losses.buildOrThrow();
  }

  /** The programs compiled so far. */
  ImmutableList<Program> programs() {
    ImmutableList.Builder<Program> all = ImmutableList.builder();
    all.addAll(programs.all());
    if (update != null && closedBy == null) {
      all.add(update.program());
    }
    return all.build();
  }

  /** Refuses to go on after the end. */
  void requireOpen() {
    if (closedBy != null) {
      throw new IllegalStateException("this trainer of " + model + " " + closedBy);
    }
  }

  /**
   * Gives the memory of all programs back.
   *
   * @param reason what is said to whoever goes on
   */
  void close(String reason) {
    if (closedBy == null) {
      closedBy = reason;
      programs.close();
      if (update != null) {
        update.close();
      }
    }
  }
}
