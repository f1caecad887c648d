package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.data.Edges;
import dev.tandem.gan.data.RowAugmentation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Domains that are made of images, row by row. */
class DomainsTest {

  private static final int ROWS = 6;

  private static GanData data(long channels) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, ROWS, 8, 8, channels);
    CounterRandom.of(1).uniform(images);
    images.muli(2).subi(1);
    Dataset dataset = Dataset.builder().input("samples", images).build();
    return new GanData("random", dataset, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Domains domains(GanData data, Conditioning conditioning) {
    return Domains.fitting(data, conditioning, "preset", Optional.empty()).domains().orElseThrow();
  }

  @Test
  void rowsThatAreMade_areThoseOfAllImagesAtOnce() {
    for (long channels : new long[] {1, 3}) {
      GanData data = data(channels);
      INDArray edges = Edges.of(data.samples(), .5).repeat(3, channels);

      Domains pairs = domains(data, new Translation(100));

      assertThat(all(pairs.from())).isEqualTo(edges);
      assertThat(all(pairs.to())).isEqualTo(data.samples());
      assertThat(pairs.shown().first(4).get(0).shape()).containsExactly(4, 8, 8, channels);
      assertThat(pairs.rows()).isEqualTo(ROWS);
      INDArray one = all(new ComputedRows(data.dataset(), Turned::of));
      assertThat(one).isEqualTo(Turned.of(data.samples()));
      assertThat(one.getFloat(2, 0, 3, 0)).isEqualTo(-data.samples().getFloat(2, 3, 7, 0));
    }
  }

  private static INDArray all(RowSource rows) {
    return rows.rows(0, 1, 2, 3, 4, 5).input("samples");
  }

  @Test
  void pairs_changedByChance_areChangedAlike() {
    INDArray levels = Nd4j.arange(ROWS * 64).reshape(ROWS, 8, 8, 1).castTo(DataType.UINT8);
    RowSource plain = Dataset.builder().input("samples", levels).build();
    RowSource changed = RowAugmentation.none().mirror().shift(2).on(plain, "samples");
    JoinedRows pairs = JoinedRows.of("source", changed, "samples", changed);

    try (BatchIterator batches = pairs.batches(Batching.of(ROWS).shuffled(1), 0);
        BatchIterator unchanged = plain.batches(Batching.of(ROWS).shuffled(1), 0)) {
      Batch batch = batches.next();
      assertThat(batch.input("source")).isEqualTo(batch.target("samples"));
      assertThat(batch.input("source")).isNotEqualTo(unchanged.next().input("samples"));
    }
  }
}
