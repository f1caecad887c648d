package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Guard;
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
import dev.tandem.core.worker.Exchange;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the compiled halves of steps and counts them. Nothing that others can see moves before the
 * second half.
 */
final class Stepper {

  /** The report of no step. */
  private static final StepResult NONE =
      new StepResult(0, new StepResult.Losses(0, ImmutableMap.of()));

  private final Model model;
  private final ImmutableList<Head> heads;
  private final StepInputs ports;

  /** Whether the recipe has metrics. */
  private final boolean judged;

  private final StepGraphs graphs;
  private final Engine engine;
  private final Precision precision;
  private final Programs programs;
  private final Leftovers leftovers;
  private final double largest;
  private final ExampleChecks checks;
  private final FirstHalf firstHalf;
  private final Updates updates;
  private final StepExchange exchange;
  private final PartMemory memory;
  private final @Nullable WorkersAverage average;
  private final Exchange way;
  private final PendingState pending = new PendingState();
  private final RateFactor factor = new RateFactor();
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
  private @Nullable StepResult last;
  private int gathered;
  private long gatheredSamples;
  private long samplesOfLast;

  /** Whether workers have made steps of their own since their last mean. */
  private boolean apart;

  Stepper(
      Training recipe,
      Snapshot snapshot,
      ImmutableList<Head> heads,
      ImmutableList<TrainedWeight> moved,
      UpdateRules rules,
      SlotAges ages,
      Engine engine) {
    this.model = snapshot.model();
    this.heads = heads;
    this.ages = ages;
    this.ports = new StepInputs(model, heads);
    this.judged = new RunningMetrics(heads, ports).wantsOutputs();
    this.memory = new PartMemory(model, recipe.workers());
    this.graphs = new StepGraphs(snapshot, heads, moved, memory);
    this.engine = engine;
    this.precision = recipe.precision();
    this.ahead = new StepsAhead(engine);
    this.programs = new Programs(this::prepare, this::graph, recipe.plans());
    this.largest =
        recipe.clipping() instanceof ClipByValue ? Double.POSITIVE_INFINITY : Leftovers.LARGE;
    this.leftovers = new Leftovers(engine, moved, graphs.states());
    this.firstHalf = new FirstHalf(model, heads, ports, leftovers);
    this.checks =
        new ExampleChecks(
            model, ports, recipe.checksExamples() && FiniteChecks.ofExamples(), () -> steps + 1);
    this.guard = new ThreadGuard("a trainer of " + model);
    this.weights = WeightGroups.of(model);
    this.way = recipe.exchange();
    this.exchange = new StepExchange(model, recipe.workers(), way, moved, graphs.states());
    this.average =
        way.isAveraging() && recipe.workers().count() > 1
            ? WorkersAverage.of(recipe.workers(), snapshot, moved)
            : null;
    this.updates =
        new Updates(
            states ->
                new Update(
                    graph -> ahead.prepare(graph),
                    rules,
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
    if (!ahead.isAhead() || key.use() == Use.TEST || key.use() == Use.JUDGE) {
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

  /**
   * Searches data for NaN and infinity before it is held against what steps take.
   *
   * @param examples under the names of ports
   * @param rows where they come from, or null for their numbers
   * @throws NonFiniteException if there is one where a step must not meet it
   */
  void examine(Examples examples, @Nullable IntFunction<String> rows) {
    checks.examine(examples, rows);
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
    requireOpen();
    ExampleChecks.requireIndices(programs, checks.fitting(examples, rows), samples, batch, use);
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

  /** What rates are multiplied by. */
  RateFactor factor() {
    return factor;
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
    apart = false;
    forget();
  }

  /**
   * Goes on from where another trainer stands.
   *
   * @param slots copies its slots
   */
  void takeOver(Stepper other, Program slots) {
    moving(
        () -> {
          requireOpen();
          ahead.makeRoom();
          long before = steps;
          ImmutableMap<String, Long> counts = ages.counts(before);
          slots.run(0, 0);
          goOn(other.steps, other.ages.counts(other.steps));
          ahead.undo(() -> goOn(before, counts));
          return steps;
        });
  }

  /** Does what moves weights, with no other thread's step on them in between. */
  private <T> T moving(Supplier<T> what) {
    guard.enter();
    Lock held = weights.write();
    ahead.enter();
    try {
      return what.get();
    } finally {
      ahead.leave();
      held.unlock();
      guard.leave();
    }
  }

  /** Does what reads weights. */
  private <T> T reading(Supplier<T> what) {
    guard.enter();
    Lock held = weights.read();
    try {
      requireOpen();
      return what.get();
    } finally {
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
    requireOpen();
    ValidatedExamples checked = checks.fitting(examples, rows);
    return moving(
        () -> {
          forget();
          StepResult result = computeGradients(checked, judges);
          return moveWeights(result);
        });
  }

  /** Both halves, which go on with gradients that are at hand. */
  StepResult step(Examples examples) {
    requireOpen();
    ValidatedExamples checked = checks.examined(examples);
    return moving(
        () -> {
          StepResult result = computeAndJudge(checked);
          return moveWeights(result);
        });
  }

  /** The first half; again before the second, it makes the mean of all gradients. */
  StepResult gradients(Examples examples) {
    requireOpen();
    ValidatedExamples checked = checks.examined(examples);
    return moving(() -> computeAndJudge(checked));
  }

  /** The first half with the metrics of its batch. */
  private StepResult computeAndJudge(ValidatedExamples checked) {
    if (!judged) {
      return computeGradients(checked, null);
    }
    RunningMetrics judges = new RunningMetrics(heads, ports);
    StepResult result = computeGradients(checked, judges).with(judges.metrics());
    last = result;
    return result;
  }

  private StepResult computeGradients(ValidatedExamples checked, @Nullable RunningMetrics judges) {
    requireOpen();
    int parts = gathered;
    boolean waits =
        shown
            || exchange.isOfSeveral()
            || memory.isElsewhere(parts)
            || judges != null && judges.wantsOutputs();
    if (waits) {
      ahead.settle();
    }
    ahead.makeRoom();
    beginPart(parts);
    boolean adds = parts > 0 && exchange.addsAsItComputes();
    long ofLast = Math.max(1, checked.batch());
    long samples = gatheredSamples + ofLast;
    Key key = key(adds ? Use.MORE_GRADIENTS : Use.GRADIENTS, checked, pending.states());
    Prepared prepared = programs.get(key);
    Program program = prepared.feed(checked);
    for (int i = 0; i < prepared.shares().size(); i++) {
      program.feed(prepared.shares().get(i), 1 - (double) gatheredSamples / samples);
    }
    boolean oneUnseen = unseen && parts > 0;
    forget(); // what is there is written over; it counts again when all went well
    ImmutableSet<Weight> written = graphs.written(key);
    long ofPart = StepExchange.seed(seed, memory.number(parts));
    FirstHalf.Part part = new FirstHalf.Part(program, written, ofPart, steps + 1);
    boolean asks = ahead.isAhead() && !waits;
    StepResult result =
        asks ? firstHalf.ask(part, ahead, this::forget) : firstHalf.run(part, checked, ahead);
    unseen = asks || oneUnseen;
    if (judges != null) {
      judges.add(result, program, checked);
    }
    last = result;
    gathered = parts + 1; // a target that a metric refuses leaves no gradients behind
    gatheredSamples = samples;
    samplesOfLast = ofLast;
    pending.add(written);
    if (memory.isElsewhere(parts)) {
      memory.keep(graphs.states(), written);
    }
    return result;
  }

  /** What is done between the parts of a step, and before the first one. */
  private void beginPart(int part) {
    if (part == 0) {
      pending.clear();
      memory.clear();
      exchange.clear();
    } else if (exchange.isOfSeveral()) {
      StepResult ofLast = Objects.requireNonNull(last);
      gatheredSamples =
          exchanged(
              () ->
                  exchange.meanSoFar(
                      memory.withoutKept(pending.states(), part), samplesOfLast, ofLast));
    }
    if (memory.isElsewhere(part)) {
      memory.begin(part, graphs.states(), pending.states());
    }
  }

  /** What an exchange gives; gradients at hand are dropped if it fails. */
  private <T> T exchanged(Supplier<T> made) {
    try {
      return made.get();
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  /** Drops gradients that wait for their update. */
  void forget() {
    gathered = 0;
    gatheredSamples = 0;
  }

  /** The second half. */
  StepResult update() {
    return moving(() -> moveWeights(Objects.requireNonNullElse(last, NONE)));
  }

  private StepResult moveWeights(StepResult mine) {
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
    ImmutableSet<Weight> states = memory.withoutKept(pending.states(), gathered);
    StepResult result = mine;
    Map<Variable, INDArray> handed = memory.kept();
    if (exchange.isOfSeveral()) {
      result = exchanged(() -> exchange.mean(states, samplesOfLast, mine)).with(mine.metrics());
      handed = exchanged(memory::keptByAll);
    }
    boolean seen = shown || exchange.isOfSeveral();
    if (seen && !leftovers.areFinite(states)) {
      String culprit = leftovers.culprit(states).orElseThrow();
      forget();
      throw NonFinite.beforeUpdate(model, culprit, steps + 1);
    }
    Update update = updates.get(states);
    if ((seen || !unseen) && leftovers.areLarge()) {
      carefully(update);
    } else {
      update.run(seed, steps + 1, factor);
    }
    if (!handed.isEmpty()) {
      handed.forEach(Variable::set);
    }
    pending.announce();
    steps++;
    forget();
    ahead.undo(this::takeBack);
    apart = average != null;
    if (way.isTogetherAfter(steps)) {
      average();
    }
    return result;
  }

  /** Takes the mean over all workers of what they hold, where they do so by themselves. */
  private void average() {
    if (average != null) {
      ahead.settle();
      average.take(ImmutableList.of());
      apart = false;
    }
  }

  /** Refuses what is to be of all workers while each has weights of its own. */
  void requireTogether() {
    if (apart) {
      throw new IllegalStateException(
          "workers take the mean of their weights every "
              + way.every()
              + " steps, and after step "
              + steps
              + " each has its own; save after step "
              + (steps / way.every() + 1) * way.every()
              + ", or at the end of an epoch");
    }
  }

  /**
   * Takes the mean over all workers of what they hold, unless all have just done so.
   *
   * @throws dev.tandem.core.worker.WorkerException if another worker failed
   */
  void meet() {
    if (apart) {
      moving(
          () -> {
            average();
            return steps;
          });
    }
  }

  /** Means over all workers of what each has found in its samples. */
  ImmutableMap<String, Double> means(Map<String, Double> mine, long samples) {
    return exchange.means(mine, samples);
  }

  private void takeBack() {
    steps--;
    forget();
  }

  /** An update that may overflow: what it makes is looked at, and taken back. */
  private void carefully(Update risky) {
    Kept kept = new Kept(risky.written());
    risky.run(seed, steps + 1, factor);
    Optional<String> broken = kept.findBroken();
    if (broken.isPresent()) {
      kept.restore();
      forget();
      throw NonFinite.afterUpdate(model, broken.get(), steps + 1);
    }
  }

  /** The Euclidean norm of the gradients that were computed last. */
  double gradientNorm() {
    return reading(leftovers::gradientNorm);
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
    requireOpen();
    ValidatedExamples checked = checks.fitting(examples, rows);
    return reading(
        () -> {
          ahead.settle();
          Use use = judges != null && judges.wantsAllOutputs() ? Use.JUDGE : Use.TEST;
          Program program = programs.get(key(use, checked, ImmutableSet.of())).feed(checked);
          program.run(seed, number);
          StepResult result = Reported.result(0, heads, program::scalar);
          if (judges != null) {
            judges.add(result, program, checked);
          }
          return result;
        });
  }

  private static Key key(Use use, ValidatedExamples checked, ImmutableSet<Weight> pending) {
    return new Key(use, checked.batch(), checked.weighted(), pending);
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
      Key first = new Key(Use.GRADIENTS, batch, ImmutableMap.of());
      programs.get(first);
      ImmutableSet<Weight> states = graphs.written(first);
      if (parts > 1) {
        programs.get(new Key(Use.MORE_GRADIENTS, batch, ImmutableMap.of(), states));
      }
      updates.get(memory.withoutKept(states, parts));
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
        memory.free();
      }
    } finally {
      guard.leave();
    }
  }
}
