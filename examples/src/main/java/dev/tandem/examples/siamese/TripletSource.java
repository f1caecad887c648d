package dev.tandem.examples.siamese;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.GeneratedSource;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Triplets without end.
 *
 * @param digits where images come from
 */
record TripletSource(DigitRows digits) implements GeneratedSource {

  private static final Shape IMAGE = Shape.of(28, 28, 1);

  @Override
  public String name() {
    return "triplets of digits";
  }

  @Override
  public ImmutableList<Column> columns() {
    return ImmutableList.of(
        Column.input(SiameseNets.ANCHOR, DataType.FLOAT, IMAGE),
        Column.input(SiameseNets.POSITIVE, DataType.FLOAT, IMAGE),
        Column.input(SiameseNets.NEGATIVE, DataType.FLOAT, IMAGE));
  }

  @Override
  public void fill(long seed, long step, List<INDArray> batch) {
    for (int i = 0; i < batch.get(0).size(0); i++) {
      int[] rows = digits.triplet(CounterRandom.of(seed, step, i));
      for (int k = 0; k < rows.length; k++) {
        batch.get(k).slice(i).assign(digits.images().slice(rows[k]));
      }
    }
  }
}
