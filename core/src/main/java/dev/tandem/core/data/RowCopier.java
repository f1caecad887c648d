package dev.tandem.core.data;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gathers rows of one array into another by copying memory; both lie in 'c' order without gaps. */
final class RowCopier {

  // Kept, since an array's memory is freed with it.
  @SuppressWarnings("UnusedVariable")
  private final INDArray source;

  private final INDArray target;
  private final BytePointer from;
  private final BytePointer to;
  private final long rowBytes;

  RowCopier(INDArray source, INDArray target) {
    this.source = source;
    this.target = target;
    AffinityManager affinity = Nd4j.getAffinityManager();
    affinity.ensureLocation(source, AffinityManager.Location.HOST);
    affinity.ensureLocation(target, AffinityManager.Location.HOST);
    this.from = new BytePointer(source.data().addressPointer());
    this.to = new BytePointer(target.data().addressPointer());
    this.rowBytes = source.length() / source.size(0) * source.data().getElementSize();
  }

  /** Fills the target with the source's rows {@code order[first]}, {@code order[first + 1]}, … */
  void copy(int[] order, int first) {
    long rows = target.size(0);
    for (int i = 0; i < rows; i++) {
      from.position(order[first + i] * rowBytes);
      to.position(i * rowBytes);
      Pointer.memcpy(to, from, rowBytes);
    }
    Nd4j.getAffinityManager().tagLocation(target, AffinityManager.Location.HOST);
  }
}
