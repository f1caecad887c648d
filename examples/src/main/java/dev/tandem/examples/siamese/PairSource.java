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
 * Pairs without end, half of them of one digit, with 1 for those and 0 for others.
 *
 * @param digits where images come from
 */
record PairSource(DigitRows digits) implements GeneratedSource {

  /** What is compared with the target: the output of the model of pairs. */
  private static final String DISTANCE = "norm";

  @Override
  public String name() {
    return "pairs of digits";
  }

  @Override
  public ImmutableList<Column> columns() {
    Shape image = Shape.of(28, 28, 1);
    return ImmutableList.of(
        Column.input(SiameseNets.LEFT, DataType.FLOAT, image),
        Column.input(SiameseNets.RIGHT, DataType.FLOAT, image),
        Column.target(DISTANCE, DataType.FLOAT, Shape.scalar()));
  }

  @Override
  public void fill(long seed, long step, List<INDArray> batch) {
    for (int i = 0; i < batch.get(0).size(0); i++) {
      DigitRows.Pair pair = digits.pair(CounterRandom.of(seed, step, i));
      batch.get(0).slice(i).assign(digits.images().slice(pair.left()));
      batch.get(1).slice(i).assign(digits.images().slice(pair.right()));
      batch.get(2).putScalar(i, pair.same() ? 1 : 0);
    }
  }
}
