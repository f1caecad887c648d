package dev.tandem.cuda;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What layers compute, with all gradients and the next state, as graphs. */
final class LayerGraphs {

  private static final long BATCH = 3;

  private LayerGraphs() {}

  /** Every kind of layer, in the types that its samples have and in float32. */
  static Stream<LayerSample> samples() {
    return LayerSamples.all().stream()
        .flatMap(sample -> Stream.of(sample, inFloat32(sample)))
        .filter(sample -> sample.floats() > 0 || sample.dtype() == DataType.FLOAT);
  }

  private static LayerSample inFloat32(LayerSample of) {
    return new LayerSample(
        of.title() + " in float32",
        of.supplier(),
        of.inputs(),
        DataType.FLOAT,
        of.floats(),
        of.integersBelow(),
        of.params(),
        of.twice(),
        of.positive());
  }

  /** The arrays that a sample's graphs are fed with, by name. */
  static Map<String, INDArray> feeds(LayerSample sample) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    for (INDArray values : sample.values(1, BATCH)) {
      feeds.put("in" + feeds.size(), values.castTo(dtype(sample, values)));
    }
    return feeds;
  }

  private static DataType dtype(LayerSample sample, INDArray values) {
    return values.dataType().isFPType() ? sample.dtype() : values.dataType();
  }

  /** Outputs, gradients of what they sum up to, and the next state. */
  static OpGraph graph(LayerSample sample, Model model, boolean training) {
    Ops ops = new Ops();
    List<Value> feeds = new ArrayList<>();
    feeds(sample)
        .forEach(
            (name, values) ->
                feeds.add(
                    ops.feed(name, new TensorSpec(Shape.of(values.shape()), values.dataType()))));
    Lowered lowered = Lowering.of(ops, Snapshot.of(model, Selection.all()), training, feeds);
    Map<String, Value> outputs = new LinkedHashMap<>();
    lowered.outputs().forEach(output -> outputs.put("out" + outputs.size(), output));
    lowered.updates().forEach((weight, next) -> ops.assign(weight.variable(), next));
    gradients(ops, lowered, feeds, model)
        .forEach(gradient -> outputs.put("gradient" + outputs.size(), gradient));
    return ops.build(outputs);
  }

  private static List<Value> gradients(Ops ops, Lowered lowered, List<Value> feeds, Model model) {
    List<Value> losses = new ArrayList<>(lowered.activityLosses());
    lowered.outputs().stream()
        .filter(output -> output.dtype().isFPType())
        .forEach(output -> losses.add(ops.sum(ops.multiply(ops.square(output), output))));
    List<Value> all = new ArrayList<>();
    feeds.stream().filter(feed -> feed.dtype().isFPType()).forEach(all::add);
    model.trainableWeights().forEach(weight -> all.add(ops.read(weight.variable())));
    return losses.isEmpty() || all.isEmpty()
        ? List.of()
        : Gradients.of(ops, losses.stream().reduce(ops::add).orElseThrow(), all);
  }
}
