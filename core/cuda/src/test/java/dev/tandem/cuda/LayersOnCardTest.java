package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.KernelTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every layer computes on a card what its definition says, with its gradients and next state. */
class LayersOnCardTest {

  @BeforeAll
  static void compile() {
    if (HostDevice.isThere()) {
      Stream<OpGraph> graphs =
          LayerGraphs.samples()
              .flatMap(
                  sample -> {
                    Model model = sample.model("model", sample.layer());
                    return Stream.of(true, false)
                        .map(training -> LayerGraphs.graph(sample, model, training));
                  });
      HostDevice.prepare(KernelTexts.of(graphs).values());
    }
  }

  static Stream<LayerSample> layers() {
    return LayerGraphs.samples();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layer_inTrainingAndInference_computesItsDefinition(LayerSample sample) {
    double tolerance = sample.dtype() == DataType.DOUBLE ? 1e-9 : 2e-3;
    for (boolean training : List.of(true, false)) {
      HostDevice device = Cards.host();
      Model model = sample.model("model", sample.layer());
      OpGraph graph = LayerGraphs.graph(sample, model, training);
      Map<Weight, INDArray> start = spread(model);
      Map<String, double[]> wanted = run(new SameDiffEngine(), graph, sample);
      start.forEach(Weight::set);
      Map<String, double[]> got = run(new CudaEngine(device), graph, sample);
      wanted.forEach(
          (name, numbers) -> {
            double[] there = got.get(name);
            assertThat(there).as(name).hasSameSizeAs(numbers);
            for (int i = 0; i < numbers.length; i++) {
              assertThat(there[i])
                  .as("%s at %s, training %s", name, i, training)
                  .isCloseTo(numbers[i], within(tolerance * Math.max(1, Math.abs(numbers[i]))));
            }
          });
      assertThat(device.allocations()).isZero();
    }
  }

  /** Moves all weights from their first values, which may be 0 and 1 alone. */
  private static Map<Weight, INDArray> spread(Model model) {
    Map<Weight, INDArray> start = new LinkedHashMap<>();
    for (Weight weight : model.weights()) {
      INDArray values = weight.values();
      if (values.dataType().isFPType()) {
        INDArray noise = values.like();
        CounterRandom.of(start.size()).uniform(noise);
        values = values.add(noise.muli(0.2));
        weight.set(values);
      }
      start.put(weight, values);
    }
    return start;
  }

  private static Map<String, double[]> run(Engine engine, OpGraph graph, LayerSample sample) {
    Map<String, double[]> all = new LinkedHashMap<>();
    try (Program program = engine.prepare(graph)) {
      LayerGraphs.feeds(sample).entrySet().stream()
          .filter(feed -> graph.feeds().containsKey(feed.getKey()))
          .forEach(feed -> program.feed(feed.getKey(), feed.getValue()));
      program.run(3, 5);
      for (String name : graph.outputs().keySet()) {
        all.put(name, numbers(program.output(name)));
      }
    }
    graph.assignments().forEach(a -> all.put(a.target().name(), numbers(a.target().values())));
    return all;
  }

  private static double[] numbers(INDArray array) {
    return array.dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
  }
}
