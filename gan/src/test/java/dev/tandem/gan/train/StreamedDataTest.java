package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.data.SequenceSource;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pairs are trained on data that is not in memory as on data that is. */
@Timeout(60)
class StreamedDataTest {

  private static AdversarialTraining recipe() {
    Input z = Input.of("z", 2);
    Input x = Input.of("x", 2, 2, 1);
    Model generator =
        Model.sequential(
            "g", z, Dense.units(4).activation(Activations.tanh()), Reshape.of(2, 2, 1));
    Model critic = Model.sequential("d", x, Flatten.of(), Dense.units(1));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, critic, Latent.normal(2)),
            Objective.of(AdversarialLosses.hinge()))
        .initializing()
        .seed(7)
        .batch(4);
  }

  private static INDArray levels() {
    return Nd4j.arange(14 * 4).muli(4).reshape(14, 2, 2, 1).castTo(DataType.UINT8);
  }

  private static DataSource bytes() {
    return new Streamed(Dataset.builder().input("image", levels()).build())
        .with("image", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void bytes_readAhead_trainToTheBitsOfADataSetAndResumeSo(int workers, @TempDir Path folder) {
    Map<String, String> expected;
    try (AdversarialTrainer trainer = recipe().start(bytes().take(14))) {
      trainer.train(9);
      expected = RunArrays.of(trainer);
    }
    DataSource streamed = bytes().withWorkers(workers);
    try (AdversarialTrainer trainer = recipe().start(streamed)) {
      trainer.train(4);
      trainer.save(folder);
      trainer.train(5);
      assertThat(RunArrays.of(trainer)).isEqualTo(expected);
      trainer.restore(folder);
      trainer.train(5);
      assertThat(RunArrays.of(trainer)).isEqualTo(expected);
    }
    try (AdversarialTrainer trainer = recipe().resume(streamed, folder)) {
      trainer.train(5);
      assertThat(RunArrays.of(trainer)).isEqualTo(expected);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("tandem-prefetch");
  }

  @Test
  void unscaledBytes_areRefusedWithTheCallThatScalesThem() {
    Dataset data = Dataset.builder().input("image", levels()).build();

    assertThatThrownBy(() -> recipe().start(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "pass data.with(\"image\", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE)) for"
                + " pixels from 0 to 255");
  }

  @Test
  void labelOfNoClass_inARow_isNamedBeforeItsStep() {
    Input z = Input.of("z", 2);
    Input label = ClassInputs.label("label");
    Input x = Input.of("x", 2);
    Model generator =
        Model.of(
            "g",
            List.of(z, label),
            List.of(Dense.units(2).apply(ClassInputs.concatenate(z, label, 3))));
    Model critic =
        Model.of("d", List.of(x, label), List.of(ClassInputs.projection(x, label, 3, "p")));
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.conditional(generator, critic, Latent.normal(2), 3),
                Objective.of(AdversarialLosses.hinge()))
            .initializing()
            .seed(1)
            .batch(4);
    Dataset data =
        Dataset.builder()
            .input("x", Nd4j.ones(DataType.FLOAT, 4, 2))
            .target("digit", Nd4j.createFromArray(0L, 1L, 5L, 2L))
            .build();
    try (AdversarialTrainer trainer = recipe.start(new Streamed(data))) {
      assertThatThrownBy(() -> trainer.train(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("target \"digit\" of the data set holds 5 at (")
          .hasMessageContaining(", picture 2.png, and the pair of");
      assertThat(trainer.counters().discriminatorSteps()).isZero();
    }
  }

  @Test
  void nan_inARow_isNamedBeforeItsStep() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 4, 2, 2, 1);
    images.putScalar(new int[] {3, 1, 0, 0}, Double.NaN);
    RowSource rows = new Streamed(Dataset.builder().input("image", images).build());
    try (AdversarialTrainer trainer = recipe().start(rows)) {
      assertThatThrownBy(() -> trainer.train(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the data's input \"image\" (4, 2, 2, 1) holds NaN or infinity in picture 3.png;"
                  + " clean that sample or leave it out");
      assertThat(trainer.counters().discriminatorSteps()).isZero();
    }
  }

  @Test
  void mixture_isADataSourceOfItsOwn() {
    Input z = Input.of("z", 2);
    Input x = Input.of("x", 2);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(
                    Model.sequential("g", z, Dense.units(2)),
                    Model.sequential("d", x, Dense.units(1)),
                    Latent.normal(2)),
                Objective.of(AdversarialLosses.hinge()))
            .initializing()
            .seed(1)
            .batch(8);
    Map<String, String> expected;
    try (AdversarialTrainer trainer = recipe.start(Mixture.named("ring8-pacgan"))) {
      trainer.train(3);
      expected = RunArrays.of(trainer);
      assertThat(trainer.realSamples(16).shape()).containsExactly(16, 2);
    }
    try (AdversarialTrainer again =
        recipe.start(Mixture.named("ring8-pacgan").withWorkers(2).withEpochsOf(1000))) {
      again.train(3);
      assertThat(RunArrays.of(again)).isEqualTo(expected);
    }
  }

  @Test
  void pieces_readOnce_trainUntilTheyEnd() {
    Dataset all = bytes().take(14);
    SequenceSource once = SequenceSource.once(List.of(all).iterator());
    try (AdversarialTrainer trainer = recipe().start(once)) {
      trainer.train(3);
      assertThatThrownBy(() -> trainer.train(1))
          .hasRootCauseMessage(
              "a sequence that can be read once was read already; give an Iterable, or a supplier"
                  + " of streams, which can be opened again");
      assertThat(trainer.counters().rounds()).isEqualTo(3);
    }
  }

  /** The rows of a data set, read one by one. */
  private record Streamed(Dataset data) implements RowSource {

    @Override
    public int size() {
      return data.size();
    }

    @Override
    public ImmutableList<Column> columns() {
      return data.columns();
    }

    @Override
    public void read(int column, int row, ByteBuffer into) {
      data.read(column, row, into);
    }

    @Override
    public String place(int row) {
      return "picture " + row + ".png";
    }
  }
}
