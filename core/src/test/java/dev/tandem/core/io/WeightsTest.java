package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class WeightsTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net");
  }

  @Test
  void load_whatWasSaved_givesTheSameBits() {
    Model model = Nets.generator(1);
    Map<String, List<Double>> before = Nets.values(model);
    Weights.save(model, file());
    Nets.disturb(model);

    Weights.load(model, file());

    assertThat(Nets.values(model)).isEqualTo(before);
  }

  @Test
  void load_intoAModelOfTheSameCode_givesTheSameBits() {
    Weights.save(Nets.siamese(1), file());
    Model other = Nets.siamese(2);

    Weights.load(other, file());

    assertThat(Nets.values(other)).isEqualTo(Nets.values(Nets.siamese(1)));
  }

  @Test
  void load_intoAModelWithAFrozenLayer_givesTheSameBitsAndKeepsTheFlag() {
    Weights.save(Nets.chain("m", 1), file());
    Model frozen = Nets.chain("m", 2);
    frozen.layer("b").setTrainable(false);

    Weights.load(frozen, file());

    assertThat(Nets.values(frozen)).isEqualTo(Nets.values(Nets.chain("m", 1)));
    assertThat(frozen.layer("b").isTrainable()).isFalse();
  }

  @Test
  void load_fromAModelWithAFrozenLayer_givesTheSameBitsAndKeepsTheFlag() {
    Model frozen = Nets.chain("m", 1);
    frozen.layer("b").setTrainable(false);
    frozen.setTrainable(false);
    Weights.save(frozen, file());
    Model free = Nets.chain("m", 2);

    Weights.load(free, file());

    assertThat(Nets.values(free)).isEqualTo(Nets.values(frozen));
    assertThat(free.layer("b").isTrainable()).isTrue();
    assertThat(free.isTrainable()).isTrue();
  }

  @Test
  void load_whileAPredictorIsInUse_changesItsPredictions() {
    Model model = Nets.chain("m", 1);
    INDArray x = Nets.numbers(5, 2, 3);
    try (Predictor predictor = Predictor.of(model)) {
      List<Double> first = Nets.values(predictor.predict(x));
      Weights.save(model, file());
      Nets.disturb(model);
      assertThat(Nets.values(predictor.predict(x))).isNotEqualTo(first);

      Weights.load(model, file());

      assertThat(Nets.values(predictor.predict(x))).isEqualTo(first);
    }
  }

  @Test
  void load_aPartOfWhatWasSaved_findsItByName() {
    Model generator = Nets.generator(1);
    Weights.save(Nets.gan(generator, Nets.discriminator(2)), file());
    Model other = Nets.generator(3);

    Weights.load(other, file());

    assertThat(Nets.values(other)).isEqualTo(Nets.values(generator));
  }

  @Test
  void load_theOnlyModelOfAFile_needsNoEqualName() {
    Weights.save(Nets.chain("before", 1), file());
    Model renamed = Nets.chain("after", 2);

    Weights.load(renamed, file());

    assertThat(Nets.values(renamed)).isEqualTo(Nets.values(Nets.chain("before", 1)));
  }

  @Test
  void load_ofAModelWithCode_works() {
    Model coded = coded(1);
    Weights.save(coded, file());
    Model other = coded(2);

    Weights.load(other, file());

    assertThat(Nets.values(other)).isEqualTo(Nets.values(coded));
  }

  private static Model coded(long seed) {
    return Model.sequential(
            "coded",
            Input.of("x", 3),
            Dense.units(2).named("d"),
            Lambda.of("twice", (ops, in) -> ops.scale(in.get(0), 2)))
        .initialize(seed);
  }

  @Test
  void load_ofDoublesAndScalarsOfOneUnit_givesTheSameBits() {
    Model doubles =
        Model.sequential(
                "m", Input.of("x", Shape.of(2), DataType.DOUBLE), Dense.units(1).named("d"))
            .initialize(1);
    Map<String, List<Double>> before = Nets.values(doubles);
    Weights.save(doubles, file());
    Nets.disturb(doubles);

    Weights.load(doubles, file());

    assertThat(Nets.values(doubles)).isEqualTo(before);
  }

  @Test
  void load_intoAnotherModel_listsEveryDifferenceAndChangesNothing() {
    Weights.save(Nets.chain("m", 1), file());
    Input x = Input.of("x", 3);
    Model other =
        Model.of(
            "m",
            x,
            Dense.units(2)
                .named("d")
                .apply(Dense.units(6).named("b").apply(Dense.units(4).named("a").apply(x))));
    Map<String, List<Double>> before = Nets.values(other);

    assertThatThrownBy(() -> Weights.load(other, file()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("weights differ from those of Model \"m\"")
        .hasMessageContaining("2 missing in the file: d/kernel, d/bias;")
        .hasMessageContaining("1 in the file alone: c/kernel;")
        .hasMessageContaining(
            "2 of another shape or type: b/kernel is float32 (4, 5) in the file and float32 (4, 6)"
                + " here, b/bias is")
        .hasMessageContaining("nothing was loaded")
        .hasMessageContaining("Weights.loadMatching");
    assertThat(Nets.values(other)).isEqualTo(before);
  }

  @Test
  void load_intoAnotherType_isRefused() {
    Weights.save(Model.sequential("m", Input.of("x", 2), Dense.units(1).named("d")), file());
    Model doubles =
        Model.sequential(
            "m", Input.of("x", Shape.of(2), DataType.DOUBLE), Dense.units(1).named("d"));

    assertThatThrownBy(() -> Weights.load(doubles, file()))
        .hasMessageContaining("d/kernel is float32 (2, 1) in the file and float64 (2, 1) here");
  }

  @Test
  void load_ofVeryManyDifferences_shortensTheLists() {
    Model wide = Nets.chain("m", 1);
    Input x = Input.of("x", 2);
    SymbolicTensor y = x;
    for (int i = 0; i < 20; i++) {
      y = Dense.units(2).named("layer" + i).apply(y);
    }
    Weights.save(Model.of("m", x, y), file());

    assertThatThrownBy(() -> Weights.load(wide, file()))
        .hasMessageContaining("40 in the file alone: layer0/kernel, layer0/bias, layer1/kernel,")
        .hasMessageContaining("and 32 more");
  }

  @Test
  void loadMatching_intoAnotherModel_takesWhatFitsAndReportsTheRest() {
    Model saved = Nets.chain("m", 1);
    Weights.save(saved, file());
    Input x = Input.of("x", 3);
    Model other =
        Model.of("m", x, Dense.units(7).named("b").apply(Dense.units(4).named("a").apply(x)))
            .initialize(2);
    List<Double> before = Nets.values(other).get("b/kernel");

    Differences rest = Weights.loadMatching(other, file());

    assertThat(Nets.values(other).get("a/kernel")).isEqualTo(Nets.values(saved).get("a/kernel"));
    assertThat(Nets.values(other).get("b/kernel")).isEqualTo(before);
    assertThat(rest.missing()).isEmpty();
    assertThat(rest.unexpected()).containsExactly("c/kernel");
    assertThat(rest.misfits()).hasSize(2).first().asString().startsWith("b/kernel is");
    assertThat(rest.isEmpty()).isFalse();
  }

  @Test
  void loadMatching_intoTheSameModel_reportsNothing() {
    Weights.save(Nets.chain("m", 1), file());

    Differences rest = Weights.loadMatching(Nets.chain("m", 2), file());

    assertThat(rest.isEmpty()).isTrue();
    assertThat(rest).hasToString("none");
  }

  @Test
  void save_overAnEarlierSave_replacesIt() {
    Weights.save(Nets.chain("m", 1), file());
    Weights.save(Nets.siamese(1), file());
    Weights.save(Nets.chain("m", 2), file());
    Model other = Nets.chain("m", 3);

    Weights.load(other, file());

    assertThat(Nets.values(other)).isEqualTo(Nets.values(Nets.chain("m", 2)));
    assertThat(file()).isDirectoryNotContaining("regex:.*new");
    assertThat(file().toFile().list()).containsExactlyInAnyOrder("manifest.json", "arrays-0.bin");
  }

  @Test
  void save_twice_givesTheSameFiles() {
    Weights.save(Nets.chain("m", 1), file());
    Weights.save(Nets.chain("m", 1), folder.resolve("other"));

    assertThat(file().resolve("manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("other/manifest.json"));
    assertThat(file().resolve("arrays-0.bin"))
        .hasSameBinaryContentAs(folder.resolve("other/arrays-0.bin"));
  }

  @Test
  void save_ofAModelWithoutWeights_canBeLoaded() {
    Model empty = Model.sequential("m", Input.of("x", 2, 2), Flatten.of());
    Weights.save(empty, file());

    Weights.load(empty, file());

    assertThat(Save.open(file()).manifest().arrays()).isEmpty();
  }

  @Test
  void save_ofTwoWeightsOfOnePath_isRefusedBeforeAnythingIsWritten() {
    Input x = Input.of("x", 2);
    Model inner = Model.sequential("a", Input.of("y", 2), Dense.units(2).named("b"));
    Model model = Model.sequential("m", x, inner, Dense.units(1).named("a/b"));

    assertThatThrownBy(() -> Weights.save(model, file()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two weights with the path \"a/b/kernel\"");
    assertThat(file()).doesNotExist();
  }

  @Test
  void load_ofAPartWhoseNameOthersHave_isRefused() {
    Model one = Nets.chain("part", 1);
    Model two = Nets.chain("part", 2);
    Input x = Input.of("x", 3);
    Model left = Model.sequential("left", x, one);
    Model right = Model.sequential("right", x, two);
    Model third = Model.sequential("third", x, Nets.chain("part", 3));
    ModelFile.saveAll(List.of(left, right, third), file());

    assertThatThrownBy(() -> Weights.load(one, file()))
        .hasMessageContaining("none is named \"part\"; there are left, right, third;");
  }
}
