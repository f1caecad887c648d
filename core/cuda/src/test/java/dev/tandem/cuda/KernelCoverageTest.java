package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
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
    return LayerGraphs.samples();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layer_inTrainingAndInference_hasKernels(LayerSample sample) {
    PlannedEngine engine = new PlannedEngine();
    Model model = sample.model("model", sample.layer());
    for (boolean training : new boolean[] {true, false}) {
      engine.prepare(LayerGraphs.graph(sample, model, training)).close();
    }
    assertThat(engine.hostCalls().isEmpty())
        .isEqualTo(!sample.layer().typeName().equals("SameDiffLayer"));
  }

  static List<Loss> losses() {
    return List.of(
        Losses.binaryFocalCrossentropy().alpha(0.25),
        Losses.binaryFocalCrossentropy().fromLogits(),
        Losses.categoricalFocalCrossentropy(),
        Losses.sparseCategoricalFocalCrossentropy().fromLogits(),
        Losses.logCosh(),
        Losses.contrastive(),
        Losses.triplet(),
        Losses.batchTriplet(),
        Losses.batchTriplet().hard(),
        Losses.infoNce().bothWays(),
        Losses.ntXent());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void loss_withItsGradient_hasKernels(Loss loss) {
    TensorSpec prediction = new TensorSpec(Shape.of(4, 6), DataType.FLOAT);
    Ops ops = new Ops();
    Value p = ops.feed("prediction", prediction);
    Value t = loss.needsTarget() ? ops.feed("target", loss.target(prediction)) : p;
    Value losses = loss.perSample(ops, p, t);
    Value slope = Gradients.of(ops, ops.sum(losses), List.of(p)).get(0);
    PlannedEngine engine = new PlannedEngine();

    engine.prepare(ops.build(Map.of("losses", losses, "slope", slope))).close();
    assertThat(engine.hostCalls()).isEmpty();
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
