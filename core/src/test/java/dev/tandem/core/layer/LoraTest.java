package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Engines;
import dev.tandem.core.train.Toys;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A change of low rank beside a kernel that stays, in a model over shared layers. */
class LoraTest {

  private static final INDArray X = Toys.normal(1, 8, 4);
  private static final INDArray Y = Toys.normal(2, 8, 2);

  private static Model trained() {
    return Model.sequential(
            "base",
            Input.of("x", 4),
            Dense.units(5).activation(Activations.tanh()).named("first"),
            Dense.units(2).named("last"))
        .initialize(1);
  }

  private static Model adapted(Model base) {
    Input x = Input.of("x", 4);
    return Model.of(
            "adapted",
            x,
            Lora.of(base.layer("last"), 2)
                .alpha(4)
                .named("lora_last")
                .apply(Lora.of(base.layer("first"), 1).named("lora_first").apply(x)))
        .initialize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "samediff"})
  void adapted_trainsItsFactorsAlone_andMergesIntoTheBase(String engine) {
    Model base = trained();
    Model adapted = adapted(base);
    double[] before = doubles(predict(base));
    assertThat(doubles(predict(adapted))).containsExactly(before, within(1e-6));
    INDArray kernel = base.weight("first/kernel").values();
    Trainer trainer =
        adapted.compile(
            Training.with(Adam.rate(.05))
                .loss(Losses.meanSquaredError())
                .engine(Engines.named(engine)));

    assertThat(trainer.moves()).extracting(Weight::name).containsOnly("lora_a", "lora_b");
    double first = trainer.trainOnBatch(X, Y).loss();
    for (int i = 0; i < 20; i++) {
      trainer.trainOnBatch(X, Y);
    }
    assertThat(trainer.testOnBatch(X, Y).loss()).isLessThan(first * .9);
    assertThat(base.weight("first/kernel").values()).isEqualTo(kernel);
    assertThat(doubles(predict(base))).containsExactly(before, within(0.));

    double[] after = doubles(predict(adapted));
    adapted.layers().stream().filter(Lora.class::isInstance).forEach(l -> ((Lora) l).merge());
    assertThat(doubles(predict(base))).containsExactly(after, within(1e-5));
    assertThat(doubles(predict(adapted))).containsExactly(after, within(1e-5));
  }

  @Test
  void flags_ofFactorsAndKernel_areApart(@TempDir Path folder) {
    Model base = trained();
    Model adapted = adapted(base);
    Layer lora = adapted.layer("lora_last");
    assertThat(base.layer("last").isTrainable()).isFalse();
    assertThat(lora.isTrainable()).isTrue();
    lora.setTrainable(false);
    adapted.layer("lora_first").setTrainable(true);
    base.layer("first").setTrainable(true);

    Model loaded = load(adapted, folder);
    for (Model model : new Model[] {adapted, adapted.copy("copy"), loaded}) {
      assertThat(model.layer("lora_last").isTrainable()).isFalse();
      try (Trainer trainer = compile(model)) {
        assertThat(trainer.moves())
            .extracting(Weight::name)
            .containsExactly("kernel", "bias", "lora_a", "lora_b");
      }
    }
    adapted.setTrainable(false);
    try (Trainer trainer = compile(adapted)) {
      assertThat(trainer.moves()).isEmpty();
    }
  }

  private static Model load(Model model, Path folder) {
    ModelFile.save(model, folder.resolve("m"));
    Model loaded = ModelFile.load(folder.resolve("m"));
    assertThat(predict(loaded)).isEqualTo(predict(model));
    return loaded;
  }

  private static Trainer compile(Model model) {
    return model.compile(Training.with(Adam.rate(.1)).loss(Losses.meanSquaredError()));
  }

  private static INDArray predict(Model model) {
    try (Trainer trainer = compile(model)) {
      return trainer.predict(X);
    }
  }

  private static double[] doubles(INDArray array) {
    return array.dup().data().asDouble();
  }

  @Test
  void whatHasNoKernel_isRefused() {
    assertThatThrownBy(() -> Lora.of(Flatten.of(), 2).apply(Input.of("x", 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrap a Dense, a convolution, an Embedding or a SelfAttention");
    assertThatThrownBy(() -> Lora.of(Dense.units(2), 0)).hasMessageContaining("rank");
    assertThatThrownBy(() -> Lora.of(Dense.units(2), 1).merge())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call it in a model first");
  }
}
