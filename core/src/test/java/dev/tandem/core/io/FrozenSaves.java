package dev.tandem.core.io;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the frozen directories in {@code formats} hold: models and trainers whose numbers follow
 * from their places, so that a test can tell them without the code that wrote them.
 */
final class FrozenSaves {

  private FrozenSaves() {}

  /** Two images through one frozen model with a frozen layer, and a sequence beside them. */
  static Model model() {
    Model features =
        Model.sequential(
            "features",
            Input.of("image", 4, 4, 1),
            Conv2D.filters(2)
                .kernel(3)
                .stride(2)
                .padding(Padding.SAME)
                .activation(Activations.leakyRelu(0.2))
                .kernelInitializer(Initializers.heNormal())
                .kernelRegularizer(Regularizers.l2(0.001))
                .named("conv"),
            BatchNormalization.of().momentum(0.8).named("norm").trainable(false),
            Dropout.rate(0.25).named("dropout"),
            Flatten.of().named("flatten"));
    features.setTrainable(false);
    Input left = Input.of("left", 4, 4, 1);
    Input right = Input.of("right", 4, 4, 1);
    Input sequence = Input.of("sequence", 2, 3);
    var steps = TimeDistributed.of(Dense.units(2).bias(false).named("step")).named("steps");
    var flat = Flatten.of().named("flat").apply(steps.apply(sequence));
    var all =
        Concatenate.of().named("all").apply(features.apply(left), features.apply(right), flat);
    var score = Dense.units(1).activation(Activations.sigmoid()).named("score").apply(all);
    Model model = Model.of("frozen", List.of(left, right, sequence), List.of(score));
    model.weights().forEach(weight -> fill(weight.variable(), weight.name().length()));
    return model;
  }

  /** Element i becomes (i + start) / 64. */
  private static void fill(Variable variable, int start) {
    long length = variable.spec().shape().length();
    variable.set(
        Nd4j.arange(start, start + length)
            .divi(64)
            .castTo(variable.spec().dtype())
            .reshape(variable.spec().shape().toArray()));
  }

  static Trainer trainer(Model model) {
    return model.compile(
        Training.with(Adam.rate(0.001)).loss(Losses.binaryCrossentropy()).seed(42));
  }

  static Checkpoint checkpoint(Trainer trainer) {
    return Checkpoint.of().with("trainer", trainer);
  }

  static RunState state() {
    return RunState.at(new BatchPosition(3, 12)).with("noise", 1234567890123L).with("by", "hand");
  }

  /** Writes the directories, in the newest format. */
  static void write(Path directory) {
    Model model = model();
    Weights.save(model, directory.resolve("weights"));
    ModelFile.save(model, directory.resolve("model"));
    try (Trainer trainer = trainer(model)) {
      trainer.state().slots().forEach((name, slot) -> fill(slot, name.length()));
      trainer.state().restoreSteps(7);
      checkpoint(trainer).save(directory.resolve("checkpoint"), state());
    }
  }
}
