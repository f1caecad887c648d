package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.Programs.Key;
import dev.tandem.core.train.Programs.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Which nets treat every sample by itself: what is said of them holds in numbers. */
class RowIndependenceTest {

  private static final double CLOSE = 1e-9;

  /** Layers whose samples depend on each other in inference, or of which nobody knows. */
  private static final ImmutableSet<String> MIXING =
      ImmutableSet.of(
          "minibatch deviation", "minibatch deviation of vectors in twos", "Tensors.mean");

  private static StepGraphs drawing(Model model) {
    return StepGraphs.ofOutputs(Snapshot.of(model, Selection.all()));
  }

  private static OpGraph graph(Model model, long batch) {
    return drawing(model).build(new Key(Use.PREDICT, batch, ImmutableMap.of()));
  }

  private static Optional<ImmutableMap<String, Long>> rows(Model model, long few, long many) {
    return RowIndependence.of(graph(model, few), few, graph(model, many), many);
  }

  private static Map<String, INDArray> run(OpGraph graph, Map<String, INDArray> feeds) {
    try (Program program = new SameDiffEngine().prepare(graph)) {
      graph.feeds().keySet().forEach(name -> program.feed(name, feeds.get(name)));
      program.run(7, 3);
      Map<String, INDArray> outputs = new HashMap<>();
      graph.outputs().keySet().forEach(name -> outputs.put(name, program.output(name).dup('c')));
      return outputs;
    }
  }

  private static INDArray first(INDArray array, long rows) {
    return array.get(NDArrayIndex.interval(0, rows)).dup('c');
  }

  /** Asserts that samples come out as they do in a batch that goes on behind them. */
  private static void assertPrefix(
      Map<String, INDArray> few,
      Map<String, INDArray> many,
      ImmutableMap<String, Long> rows,
      long samples) {
    rows.forEach(
        (name, each) -> {
          INDArray expected = few.get(name);
          INDArray actual = each == 0 ? many.get(name) : first(many.get(name), each * samples);
          assertThat(actual.shape()).isEqualTo(expected.shape());
          assertThat(
                  actual
                      .castTo(DataType.DOUBLE)
                      .equalsWithEps(expected.castTo(DataType.DOUBLE), CLOSE))
              .as(name)
              .isTrue();
        });
  }

  static Stream<LayerSample> layers() {
    return LayerSamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void samplesOfALayer_thatAreKeptApart_comeOutAlikeInALargerBatch(LayerSample sample) {
    Model model = sample.model("model", sample.layer());
    for (long few : new long[] {3, 5, 9}) {
      long many = 2 * Long.highestOneBit(few);
      Optional<ImmutableMap<String, Long>> rows = rows(model, few, many);
      if (rows.isEmpty()) {
        continue;
      }
      List<INDArray> values = sample.values(5, many);
      Map<String, INDArray> whole = new HashMap<>();
      Map<String, INDArray> part = new HashMap<>();
      List<String> names = model.inputs().keySet().asList();
      for (int i = 0; i < names.size(); i++) {
        whole.put(StepInputNames.input(names.get(i)), values.get(i));
        part.put(StepInputNames.input(names.get(i)), first(values.get(i), few));
      }
      assertPrefix(run(graph(model, few), part), run(graph(model, many), whole), rows.get(), few);
    }
  }

  @Test
  void layers_thatMixSamplesOrAreSomebodysOwnCode_areTheseAndNoOthers() {
    TreeSet<String> mixing = new TreeSet<>();
    for (LayerSample sample : LayerSamples.all()) {
      Model model = sample.model("model", sample.layer());
      if (rows(model, 5, 8).isEmpty() || rows(model, 9, 16).isEmpty()) {
        mixing.add(sample.title());
      }
    }
    List<String> own =
        LayerSamples.all().stream()
            .filter(sample -> sample.layer().typeName().equals("SameDiffLayer"))
            .map(LayerSample::title)
            .toList();
    assertThat(mixing).containsAll(MIXING).containsAll(own);
    mixing.removeAll(MIXING);
    mixing.removeAll(own);
    assertThat(mixing).isEmpty();
  }

  /** A sample of an op with some of its inputs as batches. */
  record Batched(OpSample sample, int which) {

    private boolean isBatch(int input) {
      return (which >> input & 1) == 1;
    }

    /** Whether the batches have an axis for samples, the same number of them, and some. */
    boolean isPossible() {
      List<Long> sizes = new ArrayList<>();
      for (int i = 0; i < sample.inputs().size(); i++) {
        if (isBatch(i)) {
          INDArray array = sample.inputs().get(i);
          sizes.add(array.rank() == 0 ? -1 : array.size(0));
        }
      }
      return sizes.stream().distinct().count() == 1 && sizes.get(0) > 1;
    }

    private long size() {
      for (int i = 0; i < sample.inputs().size(); i++) {
        if (isBatch(i)) {
          return sample.inputs().get(i).size(0);
        }
      }
      return 1;
    }

    /** The graph at the sample's own size, or at twice that; null if there is none. */
    private OpGraph graph(boolean twice) {
      Ops ops = new Ops();
      List<Value> values = new ArrayList<>();
      for (TensorSpec spec : sample.specs(DataType.DOUBLE)) {
        Shape shape = spec.shape();
        Shape whole = twice && isBatch(values.size()) ? shape.with(0, 2 * shape.size(0)) : shape;
        values.add(ops.feed("in" + values.size(), spec.withShape(whole)));
      }
      try {
        Op op = sample.op().apply(DataType.DOUBLE);
        Map<String, Value> outputs = new LinkedHashMap<>();
        ops.apply(op, values).forEach(value -> outputs.put("out" + outputs.size(), value));
        return ops.build(outputs);
      } catch (RuntimeException e) {
        return null;
      }
    }

    private Map<String, INDArray> feeds(boolean twice) {
      Map<String, INDArray> feeds = sample.feeds(DataType.DOUBLE);
      for (int i = 0; i < sample.inputs().size() && twice; i++) {
        INDArray array = feeds.get("in" + i);
        if (isBatch(i)) {
          INDArray others = array.dup('c');
          for (long row = 0; row < array.size(0); row++) {
            slice(others, row).assign(slice(array, array.size(0) - 1 - row));
          }
          feeds.put("in" + i, Nd4j.concat(0, array, others));
        }
      }
      return feeds;
    }

    private static INDArray slice(INDArray array, long row) {
      return array.get(NDArrayIndex.interval(row, row + 1));
    }

    @Override
    public String toString() {
      return sample + " with batches " + Integer.toBinaryString(which);
    }
  }

  static Stream<Batched> ops() {
    return OpSamples.all()
        .filter(sample -> sample.inputs().stream().allMatch(array -> array.length() > 0))
        .flatMap(
            sample ->
                Stream.iterate(1, which -> which + 1)
                    .limit((1L << sample.inputs().size()) - 1)
                    .map(which -> new Batched(sample, which)))
        .filter(Batched::isPossible);
  }

  @Test
  void ops_thatKeepSamplesApart_doSoInNumbers() {
    TreeSet<String> apart = new TreeSet<>();
    ops()
        .forEach(
            batched -> {
              OpGraph few = batched.graph(false);
              OpGraph many = batched.graph(true);
              long size = batched.size();
              Optional<ImmutableMap<String, Long>> rows =
                  many == null ? Optional.empty() : RowIndependence.of(few, size, many, 2 * size);
              if (rows.isPresent()) {
                apart.add(few.outputs().values().iterator().next().call().op().opName());
                assertPrefix(
                    run(few, batched.feeds(false)),
                    run(many, batched.feeds(true)),
                    rows.get(),
                    size);
              }
            });
    assertThat(apart)
        .contains("add", "matmul", "conv2d", "max_pool2d", "softmax", "gather", "one_hot", "tanh")
        .doesNotContain("segment_sum", "batch_norm", "conv2d_kernel_gradient", "same_diff_op");
  }
}
