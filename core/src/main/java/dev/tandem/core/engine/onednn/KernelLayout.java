package dev.tandem.core.engine.onednn;

import com.google.common.base.Suppliers;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A way of oneDNN to do a convolution, and the convolution's kernel inside and outside of oneDNN.
 * Where the two differ, the kernel is kept in a scratch buffer, the choice's only one. All is found
 * out when it is first asked for: only a choice that is taken needs it.
 *
 * @param <W> the way
 */
final class KernelLayout<W extends primitive_desc_base> {

  private final Dnnl dnnl;
  private final Supplier<W> way;
  private final Supplier<memory.desc> outside;
  private final Supplier<memory.desc> inside;

  /**
   * The layout for a convolution.
   *
   * @param outside the kernel as it lies outside
   * @param way finds the way
   * @param kernel the kernel as oneDNN likes it for a way
   */
  KernelLayout(
      Dnnl dnnl, Supplier<memory.desc> outside, Supplier<W> way, Function<W, memory.desc> kernel) {
    this.dnnl = dnnl;
    this.way = Suppliers.memoize(way::get);
    this.outside = Suppliers.memoize(outside::get);
    this.inside = Suppliers.memoize(() -> kernel.apply(way()));
  }

  /** The way. */
  W way() {
    return way.get();
  }

  /** The kernel as oneDNN likes it. */
  memory.desc inside() {
    return inside.get();
  }

  private boolean isSame() {
    return inside().equals(outside.get());
  }

  List<TensorSpec> scratch() {
    return isSame()
        ? List.of()
        : List.of(TensorSpec.of((inside().get_size() + Float.BYTES - 1) / Float.BYTES));
  }

  /** Where the kernel lies for oneDNN. */
  INDArray array(INDArray kernel, List<INDArray> scratch) {
    return isSame() ? kernel : scratch.get(0);
  }

  /** A convolution that reads a kernel. */
  Kernel before(INDArray kernel, List<INDArray> scratch, Kernel convolution) {
    return isSame()
        ? convolution
        : Sequence.of(
            Reorder.of(dnnl, outside.get(), kernel, inside(), scratch.get(0)), convolution);
  }

  /** A convolution that makes a kernel. */
  Kernel after(Kernel convolution, INDArray kernel, List<INDArray> scratch) {
    return isSame()
        ? convolution
        : Sequence.of(
            convolution, Reorder.of(dnnl, inside(), scratch.get(0), outside.get(), kernel));
  }
}
