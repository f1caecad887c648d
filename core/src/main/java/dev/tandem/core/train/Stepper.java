package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Guard;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.LookedProgram.Finding;
import dev.tandem.core.op.LookedProgram.Report;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.VariableGroup;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.ClipByValue;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Prepared;
import dev.tandem.core.train.Programs.Use;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the compiled halves of steps and counts them. Nothing that others can see moves before the
 * second half.
 */
final class Stepper {

  private final Model model;
  private final ImmutableList<Head> heads;
  private final StepInputs ports;
  private final StepGraphs graphs;
  private final Engine engine;
  private final Precision precision;
  private final Programs programs;
  private final Leftovers leftovers;
  private final double largest;
  private final boolean examines;
  private final Updates updates;
  private final PendingState pending = new PendingState();
  private final SlotAges ages;
  private final ThreadGuard guard;
  private final VariableGroup weights;
  private long seed;
  private boolean shown;
  private StepsAhead ahead;

  /** Whether the host has not looked at the gradients that are at hand. */
  private boolean unseen;

  private @Nullable String closedBy;
  private long steps;
  private int gathered;
  private long gatheredSamples;

  Stepper(
      Training recipe,
      Snapshot snapshot,
      ImmutableList<Head> heads,
      ImmutableList<TrainedWeight> moved,
      SlotAges ages,
      Engine engine) {
    this.model = snapshot.model();
    this.heads = heads;
    this.ages = ages;
    this.ports = new StepInputs(model, heads);
    this.graphs = new StepGraphs(snapshot, heads, moved);
    this.engine = engine;
    this.precision = recipe.precision();
    this.ahead = new StepsAhead(engine);
    this.programs = new Programs(this::prepare, this::graph, recipe.plans());
    this.largest =
        recipe.clipping() instanceof ClipByValue ? Double.POSITIVE_INFINITY : Leftovers.LARGE;
    this.leftovers = new Leftovers(engine, moved, graphs.states());
    this.examines = recipe.checksExamples() && FiniteChecks.ofExamples();
    this.guard = new ThreadGuard("a trainer of " + model);
    this.weights = WeightGroups.of(model);
    this.updates =
        new Updates(
            states ->
                new Update(
                    graph -> ahead.prepare(graph),
                    recipe.optimizer(),
                    recipe.clipping(),
                    moved,
                    ages,
                    graphs.pending(states)));
  }

  /** Another program may take the place of one that is looked at. */
  private OpGraph graph(Key key) {
    ahead.settle();
    return graphs.build(key);
  }

  private Program prepare(Key key, OpGraph graph) {
    if (!ahead.isAhead() || key.use() == Use.TEST) {
      return engine.prepare(graph, precision);
    }
    Map<Variable, Variable> before = new HashMap<>();
    graphs.states().forEach((state, next) -> before.put(next, state.variable()));
    return ahead.looked(
        graph,
        precision,
        new Guard.Look(StepInputNames.TOTAL, FiniteChecks.ofGradients(), before, largest));
  }

  /** The steps that were asked for and not looked at. */
  StepsAhead ahead() {
    return ahead;
  }

  /** Lets another trainer's failed steps keep this one's from changing anything. */
  void join(Stepper other) {
    guard.enter();
    try {
      requireOpen();
      if (ahead != other.ahead && ahead.isAhead() && other.ahead.isOf(engine)) {
        ahead.settle();
        forget();
        programs.close();
        updates.close();
        ahead = other.ahead;
      }
    } finally {
      guard.leave();
    }
  }

  /** Lets random layers sample by a trainer's seed: other numbers for each model. */
  void seed(long number) {
    seed = CounterRandom.of(number, CounterRandom.seedOf(model.name())).key();
  }

  private ValidatedExamples check(Examples examples, @Nullable IntFunction<String> rows) {
    requireOpen();
    return ValidatedExamples.of(ports, examples, rows);
  }

  private ValidatedExamples examined(Examples examples) {
    ValidatedExamples checked = check(examples, null);
    examine(checked::get, null);
    return checked;
  }

  /**
   * Searches data for NaN and infinity before it is held against what steps take.
   *
   * @param examples under the names of ports
   * @param rows where they come from, or null for their numbers
   * @throws NonFiniteException if there is one where a step must not meet it
   */
  void examine(Examples examples, @Nullable IntFunction<String> rows) {
    examine(
        port ->
            port == null
                ? null
                : switch (port.kind()) {
                  case INPUT -> examples.inputs().get(port.name());
                  case TARGET -> examples.targets().get(port.name());
                  case WEIGHTS -> examples.weights().get(port.name());
                },
        rows);
  }

  /**
   * Searches examples for NaN and infinity, unless the recipe leaves that out.
   *
   * @param arrays the array given for each step input
   */
  private void examine(
      Function<StepInput, @Nullable INDArray> arrays, @Nullable IntFunction<String> rows) {
    Optional<String> found = examines ? Feeds.findNonFinite(ports, arrays, rows) : Optional.empty();
    if (found.isPresent()) {
      throw NonFinite.inExamples(model, found.get(), steps + 1);
    }
  }

  /**
   * Looks at many samples before a step is made of any of them.
   *
   * @param rows where they come from, or null for their numbers
   * @param samples how many there are
   * @param batch how many a step takes
   * @throws IllegalArgumentException if an array does not fit
   */
  void requireFitting(
      Examples examples, @Nullable IntFunction<String> rows, int samples, int batch, Use use) {
    ValidatedExamples all = check(examples, rows);
    long size = Math.min(batch, samples);
    FedIndices indices = programs.get(new Key(use, size, all.weighted())).indices();
    if (indices.areWhole()) {
      indices.check(all);
      return;
    }
    for (long from = 0; from < samples; from += size) {
      long first = Math.min(from, samples - size);
      indices.check(all.rows(first, first + size));
    }
  }

  StepInputs ports() {
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

  /** The ages of the slots. */
  SlotAges ages() {
    return ages;
  }

  /**
   * Goes on from a number of updates; gradients at hand are forgotten.
   *
   * @param counts of updates, by the path of the weight, where slots have seen fewer
   */
  void restore(long number, Map<String, Long> counts) {
    guard.enter();
    try {
      requireOpen();
      ahead.settle();
      goOn(number, counts);
    } finally {
      guard.leave();
    }
  }

  private void goOn(long number, Map<String, Long> counts) {
    if (ages.restore(number, counts)) {
      updates.close();
    }
    steps = number;
    forget();
  }

  /**
   * Goes on from where another trainer stands.
   *
   * @param slots copies its slots
   */
  void takeOver(Stepper other, Program slots) {
    guard.enter();
    Lock held = weights.write();
    ahead.enter();
    try {
      requireOpen();
      ahead.makeRoom();
      long before = steps;
      ImmutableMap<String, Long> counts = ages.counts(before);
      slots.run(0, 0);
      goOn(other.steps, other.ages.counts(other.steps));
      ahead.undo(() -> goOn(before, counts));
    } finally {
      ahead.leave();
      held.unlock();
      guard.leave();
    }
  }

  /** The threads that may come in: one at a time. */
  ThreadGuard guard() {
    return guard;
  }

  /** The weights that steps read or write, with all that others compute together with them. */
  VariableGroup weights() {
    return weights;
  }

  /**
   * Both halves on a batch of examined data, with no other thread's step on the same weights
   * between them; gradients that were called to look at are no part of it.
   */
  StepResult anew(Examples examples, @Nullable IntFunction<String> rows, RunningMetrics judges) {
    return step(check(examples, rows), judges, true);
  }

  /** Both halves, which go on with gradients that are at hand. */
  StepResult step(Examples examples) {
    return step(examined(examples), null, false);
  }

  private StepResult step(
      ValidatedExamples checked, @Nullable RunningMetrics judges, boolean anew) {
    guard.enter();
    Lock held = weights.write();
    ahead.enter();
    try {
      if (anew) {
        forget();
      }
      StepResult result = computeGradients(checked, judges);
      moveWeights();
      return result;
    } finally {
      ahead.leave();
      held.unlock();
      guard.leave();
    }
  }

  /** The first half; again before the second, it makes the mean of all gradients. */
  StepResult gradients(Examples examples) {
    ValidatedExamples checked = examined(examples);
    guard.enter();
    Lock held = weights.write();
    ahead.enter();
    try {
      return computeGradients(checked, null);
    } finally {
      ahead.leave();
      held.unlock();
      guard.leave();
    }
  }

  private StepResult computeGradients(ValidatedExamples checked, @Nullable RunningMetrics judges) {
    requireOpen();
    boolean waits = judges != null || shown;
    if (waits) {
      ahead.settle();
    }
    ahead.makeRoom();
    int parts = gathered;
    long samples = gatheredSamples + Math.max(1, checked.batch());
    if (parts == 0) {
      pending.clear();
    }
    Key key = key(parts == 0 ? Use.GRADIENTS : Use.MORE_GRADIENTS, checked, pending.states());
    Prepared prepared = programs.get(key);
    Program program = prepared.feed(checked);
    for (int i = 0; i < prepared.shares().size(); i++) {
      program.feed(prepared.shares().get(i), 1 - (double) gatheredSamples / samples);
    }
    boolean oneUnseen = unseen && parts > 0;
    forget(); // what is there is written over; it counts again when all went well
    // each part of an accumulated step has random numbers of its own
    long part = parts == 0 ? seed : CounterRandom.of(seed, parts).key();
    ImmutableSet<Weight> written = graphs.written(key);
    StepResult result;
    if (ahead.isAhead() && !waits) {
      result = ask((LookedProgram) program, written, part);
      unseen = true;
    } else {
      ToDoubleFunction<String> scalars = run(program, checked, written, part);
      result = report(steps + 1, scalars, program, checked, judges);
      unseen = oneUnseen;
    }
    gathered = parts + 1; // a target that a metric refuses leaves no gradients behind
    gatheredSamples = samples;
    pending.add(written);
    return result;
  }

  /** Runs a first half and looks at what it made; gives the losses by name. */
  private ToDoubleFunction<String> run(
      Program program, ValidatedExamples checked, ImmutableSet<Weight> written, long part) {
    boolean fine;
    double loss;
    ToDoubleFunction<String> scalars;
    if (ahead.isAhead()) {
      LookedProgram looked = (LookedProgram) program;
      Report report = looked.ask(part, steps + 1);
      fine = report.take() == Finding.FINE;
      scalars = report::scalar;
      loss = scalars.applyAsDouble(StepInputNames.TOTAL);
      if (!fine) {
        ahead.release();
        looked.refusal().ifPresent(Stepper::refuse);
      }
      leftovers.found(!fine);
      fine = fine || Double.isFinite(loss) && leftovers.culprit(written).isEmpty();
    } else {
      program.run(part, steps + 1);
      scalars = program::scalar;
      loss = scalars.applyAsDouble(StepInputNames.TOTAL);
      fine = Double.isFinite(loss) && leftovers.areFinite(written);
    }
    if (!fine) {
      String what =
          Double.isFinite(loss)
              ? leftovers.culprit(written).orElseThrow() + " behind a finite loss"
              : "the loss is " + loss;
      throw NonFinite.explain(model, program, checked::findNonFinite, what, part, steps + 1);
    }
    return scalars;
  }

  private static void refuse(RuntimeException refusal) {
    throw refusal;
  }

  /** Asks for a first half; who wants to know its losses waits for it. */
  private StepResult ask(LookedProgram program, ImmutableSet<Weight> written, long part) {
    long step = steps + 1;
    StepsAhead series = ahead;
    Report report = program.ask(part, step);
    StepsAhead.Asked asked = series.add(report, () -> cause(program, report, written, part, step));
    series.undo(this::forget);
    return new StepResult(
        step,
        () -> {
          series.await(asked);
          return new StepResult.Losses(report.scalar(StepInputNames.TOTAL), losses(report::scalar));
        });
  }

  /** The error for a step that was asked for, now that all is as it was then. */
  private RuntimeException cause(
      LookedProgram program, Report report, ImmutableSet<Weight> written, long part, long step) {
    Optional<RuntimeException> refused = program.refusal();
    if (refused.isPresent()) {
      return refused.get();
    }
    double loss = report.scalar(StepInputNames.TOTAL);
    String what = "the loss is " + loss;
    if (Double.isFinite(loss)) {
      program.repeat();
      Optional<String> culprit = leftovers.culprit(written);
      if (culprit.isEmpty()) {
        return NonFinite.tooLarge(model, report.squares(), step);
      }
      what = culprit.get() + " behind a finite loss";
    }
    return NonFinite.explain(
        model,
        program,
        () -> Feeds.findNonFinite(ports, port -> fed(program, port), null),
        what,
        part,
        step);
  }

  private static @Nullable INDArray fed(LookedProgram program, @Nullable StepInput port) {
    return port == null || !program.graph().feeds().containsKey(port.feed())
        ? null
        : program.fed(port.feed());
  }

  /** Drops gradients that wait for their update. */
  void forget() {
    gathered = 0;
    gatheredSamples = 0;
  }

  /** The second half. */
  void update() {
    guard.enter();
    Lock held = weights.write();
    ahead.enter();
    try {
      moveWeights();
    } finally {
      ahead.leave();
      held.unlock();
      guard.leave();
    }
  }

  private void moveWeights() {
    requireOpen();
    if (shown) {
      ahead.settle();
    }
    ahead.makeRoom();
    if (gathered == 0) {
      throw new IllegalStateException(
          "there are no gradients to update " + model + " with; call gradients(...) first");
    }
    try {
      pending.requireUnmoved(model);
    } catch (IllegalStateException e) {
      forget();
      throw e;
    }
    ImmutableSet<Weight> states = pending.states();
    if (shown && !leftovers.areFinite(states)) {
      String culprit = leftovers.culprit(states).orElseThrow();
      forget();
      throw NonFinite.beforeUpdate(model, culprit, steps + 1);
    }
    Update update = updates.get(states);
    if ((shown || !unseen) && leftovers.areLarge()) {
      carefully(update);
    } else {
      update.run(seed, steps + 1);
    }
    pending.announce();
    steps++;
    forget();
    ahead.undo(this::takeBack);
  }

  private void takeBack() {
    steps--;
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

  /** The Euclidean norm of the gradients that were computed last. */
  double gradientNorm() {
    guard.enter();
    Lock held = weights.read();
    try {
      requireOpen();
      return leftovers.gradientNorm();
    } finally {
      held.unlock();
      guard.leave();
    }
  }

  /** Gradients are in others' hands from now on, and looked at again before they are used. */
  void show() {
    shown = true;
  }

  /**
   * Losses without a step.
   *
   * @param rows where samples come from, or null for their numbers
   * @param number of the batch, by which random layers that work in inference too sample
   */
  StepResult test(
      Examples examples,
      @Nullable IntFunction<String> rows,
      long number,
      @Nullable RunningMetrics judges) {
    ValidatedExamples checked = check(examples, rows);
    guard.enter();
    Lock held = weights.read();
    try {
      requireOpen();
      ahead.settle();
      Program program = programs.get(key(Use.TEST, checked, ImmutableSet.of())).feed(checked);
      program.run(seed, number);
      return report(0, program::scalar, program, checked, judges);
    } finally {
      held.unlock();
      guard.leave();
    }
  }

  private static Key key(Use use, ValidatedExamples checked, ImmutableSet<Weight> pending) {
    return new Key(use, checked.batch(), checked.weighted(), pending);
  }

  private StepResult report(
      long step,
      ToDoubleFunction<String> scalars,
      Program program,
      ValidatedExamples checked,
      @Nullable RunningMetrics judges) {
    StepResult result =
        new StepResult(step, scalars.applyAsDouble(StepInputNames.TOTAL), losses(scalars));
    if (judges != null) {
      judges.add(result, program, checked);
    }
    return result;
  }

  private ImmutableMap<String, Double> losses(ToDoubleFunction<String> scalars) {
    if (heads.size() == 1) {
      Head only = heads.get(0);
      return ImmutableMap.of(only.name(), scalars.applyAsDouble(only.lossName()));
    }
    ImmutableMap.Builder<String, Double> losses = ImmutableMap.builder();
    for (int i = 0; i < heads.size(); i++) {
      Head head = heads.get(i);
      if (head.loss() != null) {
        losses.put(head.name(), scalars.applyAsDouble(head.lossName()));
      }
    }
    return losses.buildOrThrow();
  }

  /**
   * Compiles what a step runs, without running it.
   *
   * @param batch the number of samples
   * @param parts the number of batches that a step is made of
   */
  void prepare(int batch, int parts) {
    guard.enter();
    Lock held = weights.write();
    try {
      requireOpen();
      Key first = new Key(Use.GRADIENTS, batch, ImmutableSet.of());
      programs.get(first);
      ImmutableSet<Weight> states = graphs.written(first);
      if (parts > 1) {
        programs.get(new Key(Use.MORE_GRADIENTS, batch, ImmutableSet.of(), states));
      }
      updates.get(states);
    } finally {
      held.unlock();
      guard.leave();
    }
  }

  /** What steps hold. */
  StepMemory memory(ImmutableList<TrainedWeight> moved) {
    OptionalLong held = OptionalLong.of(0);
    for (Program program : programs()) {
      OptionalLong more = program.bytes();
      held =
          held.isPresent() && more.isPresent()
              ? OptionalLong.of(held.getAsLong() + more.getAsLong())
              : OptionalLong.empty();
    }
    long gradients = moved.stream().mapToLong(one -> bytes(one.gradient())).sum();
    long states = graphs.states().values().stream().mapToLong(Stepper::bytes).sum();
    long slots =
        moved.stream().flatMap(one -> one.slots().stream()).mapToLong(Stepper::bytes).sum();
    return new StepMemory(held, gradients + states, slots);
  }

  private static long bytes(Variable variable) {
    return variable.spec().shape().length() * variable.spec().dtype().width();
  }

  /** The programs compiled so far. */
  ImmutableList<Program> programs() {
    ImmutableList.Builder<Program> all = ImmutableList.builder();
    all.addAll(programs.all());
    all.addAll(updates.programs());
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
    guard.enter();
    try {
      if (closedBy == null) {
        closedBy = reason;
        programs.close();
        updates.close();
        leftovers.close();
        graphs.free();
      }
    } finally {
      guard.leave();
    }
  }
}
