package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.lowering.Lowered;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** There is a kernel for every call that layers and presets make. */
class KernelCoverageTest {

  static Stream<LayerSample> layers() {
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

  @ParameterizedTest
  @MethodSource("layers")
  void layer_inTrainingAndInference_hasKernels(LayerSample sample) {
    PlannedEngine engine = new PlannedEngine();
    Model model = sample.model("model", sample.layer());
    for (boolean training : new boolean[] {true, false}) {
      Ops ops = new Ops();
      List<Value> feeds = new ArrayList<>();
      for (INDArray values : sample.values(1, 3)) {
        DataType dtype = values.dataType().isFPType() ? sample.dtype() : values.dataType();
        feeds.add(ops.feed("in" + feeds.size(), new TensorSpec(Shape.of(values.shape()), dtype)));
      }
      Lowered lowered = Lowering.of(ops, Snapshot.of(model, Selection.all()), training, feeds);
      Map<String, Value> outputs = new LinkedHashMap<>();
      lowered.outputs().forEach(output -> outputs.put("out" + outputs.size(), output));
      lowered.updates().forEach((weight, next) -> ops.assign(weight.variable(), next));
      gradients(ops, lowered, feeds, model)
          .forEach(gradient -> outputs.put("gradient" + outputs.size(), gradient));
      engine.prepare(ops.build(outputs)).close();
    }
    assertThat(engine.hostCalls().isEmpty())
        .isEqualTo(!sample.layer().typeName().equals("SameDiffLayer"));
  }

  private static List<Value> gradients(Ops ops, Lowered lowered, List<Value> feeds, Model model) {
    List<Value> losses = new ArrayList<>(lowered.activityLosses());
    lowered.outputs().stream()
        .filter(output -> output.dtype().isFPType())
        .forEach(output -> losses.add(ops.sum(ops.square(output))));
    List<Value> all = new ArrayList<>();
    feeds.stream().filter(feed -> feed.dtype().isFPType()).forEach(all::add);
    model.trainableWeights().forEach(weight -> all.add(ops.read(weight.variable())));
    return losses.isEmpty() || all.isEmpty()
        ? List.of()
        : Gradients.of(ops, losses.stream().reduce(ops::add).orElseThrow(), all);
  }

  static List<Preset> presets() {
    return Presets.all();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void preset_onImages_hasKernels(Preset preset) {
    check(preset, "image", 28, 28, 1);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void preset_onPoints_hasKernels(Preset preset) {
    check(preset, "point", 2);
  }

  private static void check(Preset preset, String name, long... sample) {
    INDArray samples = Nd4j.zeros(DataType.FLOAT, Shape.of(sample).prepend(12).toArray());
    CounterRandom.of(1).uniform(samples);
    int[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1};
    Dataset data =
        Dataset.builder()
            .input(name, samples)
            .target("label", Nd4j.createFromArray(labels))
            .build();
    PlannedEngine engine = new PlannedEngine();
    AdversarialTraining recipe = preset.on(data).batch(2).seed(1).engine(engine);
    try (AdversarialTrainer trainer = start(recipe, data, samples)) {
      trainer.train(2);
    }
    assertThat(engine.plans()).hasSizeGreaterThan(3);
    assertThat(engine.hostCalls()).isEmpty();
  }

  private static AdversarialTrainer start(
      AdversarialTraining recipe, Dataset data, INDArray samples) {
    if (recipe.pair().conditioning() instanceof Cycle) {
      return recipe.start(data, data.slice(4, 12));
    }
    return recipe.start(
        recipe.pair().conditioning().translates()
            ? Dataset.builder().input("source", samples).target("sample", samples.neg()).build()
            : data);
  }
}
