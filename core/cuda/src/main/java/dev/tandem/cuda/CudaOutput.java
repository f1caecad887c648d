package dev.tandem.cuda;

import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.memory.Holding;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An output's place on the card, and the array that it is read into. */
final class CudaOutput {

  private final INDArray array;
  private final long bytes;
  private final long address;
  private long run;

  /** An output of zeros before the first run. */
  CudaOutput(TensorSpec spec, long address, Holding holding) {
    this.array = holding.array(spec);
    this.bytes = array.length() * array.dataType().width();
    this.address = address;
  }

  INDArray array() {
    return array;
  }

  long bytes() {
    return bytes;
  }

  long address() {
    return address;
  }

  /** Whether the array is of an earlier run than this one; from now on it counts as of this one. */
  boolean isOlder(long number) {
    boolean older = run < number && bytes > 0;
    run = number;
    return older;
  }
}
