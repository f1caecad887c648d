package dev.tandem.core.engine;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Looks for NaN and infinity. */
final class NonFinite {

  private NonFinite() {}

  static boolean inAny(List<INDArray> arrays) {
    return arrays.stream().anyMatch(NonFinite::in);
  }

  private static boolean in(INDArray array) {
    return array.dataType().isFPType()
        && (has(array, Conditions.isNan()) || has(array, Conditions.isInfinite()));
  }

  private static boolean has(
      INDArray array, org.nd4j.linalg.indexing.conditions.Condition condition) {
    return Nd4j.getExecutioner().exec(new MatchCondition(array, condition)).getLong(0) > 0;
  }
}
