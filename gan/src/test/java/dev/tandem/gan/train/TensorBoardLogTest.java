package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.layer.Weight;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.ExtensionRegistryLite;
import org.nd4j.shade.protobuf.WireFormat;
import org.tensorflow.framework.Summary;

/** What a run leaves for TensorBoard. */
class TensorBoardLogTest {

  @TempDir private Path folder;

  private static AdversarialTraining recipe() {
    return TwoNumbers.recipe(
        Objective.of(AdversarialLosses.wasserstein()).penalty(Penalties.r1(2)));
  }

  /** The values of all files, by step and tag. */
  private Map<String, Summary.Value> values() throws IOException {
    Map<String, Summary.Value> values = new LinkedHashMap<>();
    for (Path file : files()) {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        byte[] content = new byte[(int) in.getLong()];
        in.getInt();
        in.get(content);
        in.getInt();
        CodedInputStream event = CodedInputStream.newInstance(content);
        long step = 0;
        for (int tag = event.readTag(); tag != 0; tag = event.readTag()) {
          switch (WireFormat.getTagFieldNumber(tag)) {
            case 2 -> step = event.readInt64();
            case 5 -> {
              long at = step;
              event
                  .readMessage(Summary.parser(), ExtensionRegistryLite.getEmptyRegistry())
                  .getValueList()
                  .forEach(value -> values.put(at + " " + value.getTag(), value));
            }
            default -> event.skipField(tag);
          }
        }
      }
    }
    return values;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
      return files.sorted().toList();
    }
  }

  private TensorBoardLog log() {
    return TensorBoardLog.in(folder.resolve("tensorboard"));
  }

  @Test
  void scalars_areTheNumbersOfTheJsonLog_andTheRestIsThere() throws IOException {
    Measuring measuring = Measuring.of("spread", 2, t -> 4.5);
    Path json = folder.resolve("metrics.jsonl");
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer
          .with(JsonlLog.to(json).every(1).with(measuring))
          .with(
              log()
                  .every(1)
                  .picturesEvery(2)
                  .with(measuring)
                  .settings(Map.of("preset", "two"))
                  .painting(t -> new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY)))
          .train(3);
    }

    Map<String, Summary.Value> values = values();
    List<String> compared = new ArrayList<>();
    for (String line : Files.readAllLines(json)) {
      JsonNode node = new JsonMapper().readTree(line);
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!List.of("round", "images", "seconds").contains(name)) {
                  String key = node.get("round").asLong() + " " + name;
                  assertThat(values.get(key).getSimpleValue())
                      .as(key)
                      .isEqualTo((float) node.get(name).asDouble());
                  compared.add(name);
                }
              });
    }
    assertThat(compared)
        .contains("d_r1", "d_real", "d_fake", "g_rate", "d_gradient_norm", "spread");
    assertThat(values.get("2 samples").getImage().getWidth()).isEqualTo(4);
    assertThat(values).containsKey("3 samples"); // the last one
    assertThat(values.get("2 generator_weights/g/dense/kernel").getHisto().getNum()).isEqualTo(1);
    assertThat(values.get("2 discriminator_gradients/d/dense/kernel").getHisto().getMin())
        .isNotZero();
    assertThat(values)
        .containsKeys("0 _hparams_/session_start_info", "0 _hparams_/session_end_info");
  }

  @Test
  void run_thatGoesOn_hasAFileOfItsOwn() throws IOException {
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(log().every(1)).train(2);
      trainer.train(1);
    }
    assertThat(files()).hasSize(2);
    assertThat(values()).containsKeys("1 d_loss", "3 d_loss");
  }

  @Test
  void bits_ofATraining_areTheSameWithIt() throws IOException {
    List<INDArray> with = weights(log().every(1).picturesEvery(1));
    List<INDArray> without = weights(new AdversarialCallback() {});
    assertThat(with).isEqualTo(without);
  }

  private static List<INDArray> weights(AdversarialCallback callback) {
    try (AdversarialTrainer trainer = recipe().start(TwoNumbers.threes())) {
      trainer.with(callback).train(4);
      return Stream.of(trainer.steps().discriminator(), trainer.steps().generator())
          .flatMap(side -> side.moves().stream())
          .map(Weight::values)
          .toList();
    }
  }
}
