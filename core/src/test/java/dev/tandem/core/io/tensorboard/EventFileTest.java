package dev.tandem.core.io.tensorboard;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.tensorboard.EventReader.Message;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tensorflow.framework.Summary;

/** Event files, read back by a reader of their format. */
class EventFileTest {

  @TempDir private Path folder;

  @Test
  void file_begunAnew_saysItsVersionAndNothingElse() {
    EventFile file = EventFile.in(folder.resolve("new/board"), 0);
    List<Message> events = EventReader.events(file.path());
    assertThat(events).hasSize(1);
    assertThat(events.get(0).text(3)).isEqualTo("brain.Event:2");
    assertThat(events.get(0).real(1)).isGreaterThan(1.7e9);
    assertThat(file.path().getFileName().toString())
        .matches("events\\.out\\.tfevents\\.\\d+\\.tandem");
  }

  @Test
  void file_ofARunThatGoesOn_saysFromWhichStepEarlierOnesEnd() {
    EventFile first = EventFile.in(folder, 0);
    EventFile second = EventFile.in(folder, 40);
    assertThat(second.path()).isNotEqualTo(first.path());
    Message restart = EventReader.events(second.path()).get(1);
    assertThat(restart.number(2)).isEqualTo(41);
    assertThat(restart.message(7).number(1)).isEqualTo(1); // SessionLog.START
  }

  @Test
  void scalars_andHistograms_holdTheirNumbers() {
    EventFile file = EventFile.in(folder, 0);
    Map<String, Double> scalars = new LinkedHashMap<>(Map.of("loss/d", .25));
    scalars.put("rate", Double.NaN);
    file.scalars(7, scalars);
    INDArray array = Nd4j.createFromArray(-1f, 0f, 3f, 3f, Float.NaN, Float.POSITIVE_INFINITY);
    file.histograms(1L << 40, Map.of("w", array, "zeros", Nd4j.zeros(3)));

    List<Message> values = EventReader.values(file.path());
    assertThat(values.get(0).text(1)).isEqualTo("loss/d");
    assertThat(values.get(0).single(2)).isEqualTo(.25f);
    assertThat(values.get(0).number(0)).isEqualTo(7);
    assertThat(values.get(1).single(2)).isNaN();
    for (Message value : values.subList(2, 4)) {
      Message histogram = value.message(5);
      boolean zeros = value.text(1).equals("zeros");
      assertThat(value.number(0)).isEqualTo(1L << 40);
      assertThat(histogram.real(1)).isEqualTo(zeros ? 0 : -1);
      assertThat(histogram.real(2)).isEqualTo(zeros ? 0 : 3);
      assertThat(histogram.real(3)).isEqualTo(zeros ? 3 : 4); // finite ones
      assertThat(histogram.real(4)).isEqualTo(zeros ? 0 : 5);
      assertThat(histogram.real(5)).isEqualTo(zeros ? 0 : 19);
      List<Double> limits = histogram.reals(6);
      assertThat(limits).isSorted().hasSameSizeAs(histogram.reals(7));
      assertThat(limits.get(limits.size() - 1)).isEqualTo(zeros ? 0.0 : 3.0);
      assertThat(histogram.reals(7).stream().mapToDouble(x -> x).sum()).isEqualTo(zeros ? 3 : 4);
    }
  }

  @Test
  void image_isAPngOfItsSize() throws IOException {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(4, 2, 0x102030);
    EventFile file = EventFile.in(folder, 0);
    file.image(3, "samples", image);

    Message value = EventReader.values(file.path()).get(0);
    Message picture = value.message(4);
    assertThat(value.text(1)).isEqualTo("samples");
    assertThat(List.of(picture.number(1), picture.number(2), picture.number(3)))
        .containsExactly(3L, 5L, 3L);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.bytes(4)));
    assertThat(read.getRGB(4, 2) & 0xffffff).isEqualTo(0x102030);
  }

  @Test
  void settings_areMessagesOfTheHyperparameterPlugin() {
    EventFile file = EventFile.in(folder, 0);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("rate", 2e-4);
    settings.put("mirror", true);
    settings.put("preset", "dcgan");
    file.settings(settings, List.of("d_loss"));
    file.end();

    List<Message> values = EventReader.values(file.path());
    assertThat(values.stream().map(value -> value.text(1)))
        .containsExactly(
            "_hparams_/experiment", "_hparams_/session_start_info", "_hparams_/session_end_info");
    for (Message value : values) {
      assertThat(value.message(9).message(1).text(1)).isEqualTo("hparams");
    }
    Message experiment = values.get(0).message(9).message(1).message(2).message(2);
    assertThat(experiment.messages(4).stream().map(info -> info.text(1) + info.number(4)))
        .containsExactly("rate3", "mirror2", "preset1");
    assertThat(experiment.messages(5).get(0).message(1).text(2)).isEqualTo("d_loss");
    List<Message> entries = values.get(1).message(9).message(1).message(2).message(3).messages(1);
    assertThat(entries.get(0).message(2).real(2)).isEqualTo(2e-4);
    assertThat(entries.get(1).message(2).number(4)).isEqualTo(1);
    assertThat(entries.get(2).message(2).text(3)).isEqualTo("dcgan");
    assertThat(values.get(2).message(9).message(1).message(2).message(4).number(1)).isEqualTo(1);
  }

  /** Serialized by TensorBoard 2.21's own classes of plugin_data.proto and api.proto. */
  @Test
  void settings_areTheBytesThatTensorBoardWrites() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("rate", 2e-4);
    settings.put("mirror", true);
    settings.put("preset", "dcgan");

    assertThat(content(HparamMessages.experiment(settings, List.of("d_loss"), 7.5)))
        .isEqualTo(
            "1237190000000000001e4022080a04726174652003220a0a066d6972726f722002220a0a06707265736574"
                + "20012a0a0a081206645f6c6f7373");
    assertThat(content(HparamMessages.end(7.5))).isEqualTo("220b0801110000000000001e40");
  }

  private static String content(Summary.Value value) {
    byte[] bytes = value.getMetadata().getPluginData().getContent().toByteArray();
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void graph_ofNestedModels_hasANodeForEachCallAndSaysWhatMoves() {
    Model inner = Model.sequential("inner", Input.of("x", 3), Dense.units(4).named("a"));
    Input input = Input.of("z", 3);
    Dense last = Dense.units(1).named("b");
    Model outer = Model.of("outer", input, last.apply(inner.apply(input)));
    EventFile file = EventFile.in(folder, 0);
    file.graph(List.of(outer), Set.copyOf(last.weights()));

    Message event = EventReader.events(file.path()).get(1);
    List<Message> nodes = event.message(4).messages(1);
    assertThat(nodes.stream().map(node -> node.text(2) + " " + node.text(1)))
        .containsExactly("Placeholder outer/z", "Dense outer/inner/a", "Dense outer/b");
    assertThat(nodes.get(2).text(3)).isEqualTo("outer/inner/a");
    assertThat(attributes(nodes.get(1)))
        .containsEntry("moved", "no")
        .containsEntry("parameters", "16");
    assertThat(attributes(nodes.get(2))).containsEntry("moved", "yes");
  }

  private static Map<String, String> attributes(Message node) {
    Map<String, String> all = new LinkedHashMap<>();
    node.messages(5).forEach(entry -> all.put(entry.text(1), entry.message(2).text(2)));
    return all;
  }

  @Test
  void fit_withTheCallback_leavesLossesMetricsWeightsAndGraph() throws IOException {
    Model model =
        Model.sequential("m", Input.of("x", 2), Dense.units(3).activation(relu()), Dense.units(1));
    Dataset data =
        Dataset.builder().input("x", Nd4j.rand(8, 2)).target("y", Nd4j.rand(8, 1)).build();
    List<Double> losses;
    try (Trainer trainer =
        model.compile(Training.with(Sgd.rate(.1)).loss(meanSquaredError()).seed(1))) {
      Fit how = Fit.epochs(2).batchSize(4).callbacks(TensorBoardFit.in(folder).every(1));
      losses = trainer.fit(data, how).epochs().stream().map(epoch -> epoch.get("loss")).toList();
    }

    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    List<Message> values = EventReader.values(file);
    assertThat(values.stream().filter(value -> value.text(1).equals("step/loss")))
        .extracting(value -> value.number(0))
        .containsExactly(1L, 2L, 3L, 4L);
    List<Message> epochs =
        values.stream().filter(value -> value.text(1).equals("epoch/loss")).toList();
    assertThat(epochs).extracting(value -> value.number(0)).containsExactly(2L, 4L);
    assertThat((double) epochs.get(1).single(2)).isCloseTo(losses.get(1), within(1e-6));
    assertThat(values.stream().map(value -> value.text(1)))
        .contains("epoch/rate", "weights/dense/kernel", "weights/dense_1/bias");
    assertThat(EventReader.events(file).get(1).has(4)).isTrue();
  }

  @Test
  void folder_thatIsAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("board"), "");
    assertThatThrownBy(() -> EventFile.in(file, 0))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("cannot hold event files");
  }
}
