package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.Workspaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compiled graphs by their purpose: the few used last. */
final class Programs implements AutoCloseable {

  /**
   * The purpose of a program.
   *
   * @param use what it does
   * @param batch the number of samples
   * @param weighted the outputs with sample weights, and the number of steps that each sample has
   *     weights for, 1 where samples have one each
   * @param pending the state that earlier parts of the step have left pending
   */
  record Key(
      Use use, long batch, ImmutableMap<String, Long> weighted, ImmutableSet<Weight> pending) {

    Key(Use use, long batch, ImmutableMap<String, Long> weighted) {
      this(use, batch, weighted, ImmutableSet.of());
    }
  }

  /** The result that a program computes. */
  enum Use {
    PREDICT,
    TEST,
    /** As {@link #TEST}, with all outputs that are compared with targets. */
    JUDGE,
    GRADIENTS,
    MORE_GRADIENTS
  }

  /**
   * A program with the names of its feeds.
   *
   * @param program what runs
   * @param feeds of arrays and numbers
   * @param shares those feeds that take the share of a gradient in a mean
   * @param indices those feeds that are indices
   */
  record Prepared(
      Program program,
      ImmutableSet<String> feeds,
      ImmutableList<String> shares,
      FedIndices indices) {

    static Prepared of(Program program) {
      ImmutableSet<String> feeds = program.graph().feeds().keySet();
      return new Prepared(
          program,
          feeds,
          feeds.stream()
              .filter(name -> name.startsWith(StepInputNames.SHARE))
              .collect(ImmutableList.toImmutableList()),
          FedIndices.of(program.graph()));
    }

    /**
     * Copies examples into the program, as far as it reads them.
     *
     * @throws IllegalArgumentException if one holds a number that is no index of the program's
     *     tables; nothing is copied then
     */
    Program feed(ValidatedExamples examples) {
      indices.check(examples);
      List<StepInput> all = examples.ports().all();
      for (int i = 0; i < all.size(); i++) {
        StepInput input = all.get(i);
        INDArray array = examples.get(input);
        if (array != null && feeds.contains(input.feed())) {
          program.feed(input.feed(), array);
        }
      }
      return program;
    }
  }

  /** The number of programs that are kept unless another one is set. */
  static final int KEPT = 8;

  private final BiFunction<Key, OpGraph, Program> preparing;
  private final Function<Key, OpGraph> graphs;
  private final Map<Key, Prepared> programs = new LinkedHashMap<>(16, 0.75f, true);
  private int most;

  /**
   * No program yet.
   *
   * @param precision of all of them
   * @param graphs the graph for each key
   * @param most how many are kept, at least 1
   */
  Programs(Engine engine, Precision precision, Function<Key, OpGraph> graphs, int most) {
    this((key, graph) -> engine.prepare(graph, precision), graphs, most);
  }

  /**
   * No program yet.
   *
   * @param preparing makes a graph ready
   * @param graphs the graph for each key
   * @param most how many are kept, at least 1
   */
  Programs(BiFunction<Key, OpGraph, Program> preparing, Function<Key, OpGraph> graphs, int most) {
    this.preparing = preparing;
    this.graphs = graphs;
    this.most = requireSome(most);
  }

  /** A number of plans to keep, found to be at least 1. */
  static int requireSome(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("number of plans to keep is not at least 1: " + most);
    }
    return most;
  }

  /** Keeps another number of programs from now on. */
  void keep(int number) {
    most = requireSome(number);
    closeDownTo(most);
  }

  private void closeDownTo(int number) {
    while (programs.size() > number) {
      Key oldest = programs.keySet().iterator().next();
      Objects.requireNonNull(programs.remove(oldest)).program().close();
    }
  }

  /** The program for a key; made if it is not there, and the one used longest ago is closed. */
  Prepared get(Key key) {
    Prepared known = programs.get(key);
    if (known != null) {
      return known;
    }
    Prepared made = Workspaces.outside(() -> make(key));
    programs.put(key, made);
    return made;
  }

  /** Constants that layers record live as long as the program. */
  private Prepared make(Key key) {
    OpGraph graph = graphs.apply(key);
    closeDownTo(most - 1); // before the new one takes its memory
    return Prepared.of(preparing.apply(key, graph));
  }

  /** All programs at hand. */
  ImmutableList<Program> all() {
    return programs.values().stream()
        .map(Prepared::program)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public void close() {
    programs.values().forEach(prepared -> prepared.program().close());
    programs.clear();
  }
}
