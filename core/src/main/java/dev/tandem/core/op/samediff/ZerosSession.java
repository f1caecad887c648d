package dev.tandem.core.op.samediff;

import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;

/**
 * A session that runs code on made-up numbers, for shapes alone: indices that are not in their
 * table become 0.
 */
final class ZerosSession extends CheckedSession {

  ZerosSession(SameDiff sd) {
    super(sd);
  }

  @Override
  protected void heed(DynamicCustomOp op, OpContext context, NativeIndices indices) {
    if (indices.firstOutside() < 0) {
      return;
    }
    List<INDArray> inputs = context.getInputArrays();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) == indices.indices()) {
        context.setInputArray(i, indices.indices().like());
      }
    }
  }
}
