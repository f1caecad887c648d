package dev.tandem.core.engine;

import dev.tandem.core.engine.kernel.Constants;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of all that a plan has outside of Java's heap: arrays, kernels, and every object of a
 * kernel library that was made while the plan was prepared, whether a kernel took it or not.
 * Closing it gives everything back.
 */
final class NativeScope implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NativeScope.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final List<INDArray> arrays = new ArrayList<>();
  private final Constants constants = new Constants();
  private final Scratchpad scratchpad = new Scratchpad();
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final LibraryPointers pointers = new LibraryPointers();
  private volatile boolean closed;

  /** A scope that takes the library objects that this thread makes, until it is settled. */
  NativeScope() {
    OPEN.incrementAndGet();
  }

  /** The number of scopes that were not closed yet. */
  static int open() {
    return OPEN.get();
  }

  /** An array of zeros. */
  INDArray allocate(TensorSpec spec) {
    return allocate(spec.dtype(), spec.shape().toArray());
  }

  /** An array of zeros. */
  INDArray allocate(DataType dtype, long... shape) {
    return own(OwnedArrays.create(dtype, shape).assign(0));
  }

  /** Takes an array. */
  INDArray own(INDArray array) {
    arrays.add(array);
    return array;
  }

  Constants constants() {
    return constants;
  }

  /** The bytes of its arrays and constants. */
  long bytes() {
    return constants.bytes()
        + arrays.stream().mapToLong(array -> array.length() * array.dataType().width()).sum();
  }

  /** Takes a kernel. */
  Kernel own(Kernel kernel) {
    kernels.add(kernel);
    kernel.workIn(scratchpad);
    return kernel;
  }

  /** Keeps a variable's array where it is. */
  void use(Variable variable) {
    variable.retain();
    variables.add(variable);
  }

  /** Ends the preparation: places what kernels work in, and takes nothing any more. */
  void settle() {
    if (scratchpad.bytes() > 0) {
      INDArray pad = allocate(DataType.INT8, scratchpad.bytes());
      scratchpad.place(pad.data().addressPointer());
    }
    pointers.leave();
  }

  /**
   * Closes the scope when the garbage collector has found its owner, with a warning.
   *
   * @param owner of the scope, to which nothing in it refers
   */
  Cleaner.Cleanable watch(Object owner, String name) {
    return CLEANER.register(owner, () -> collected(name));
  }

  /** Arrays may have been handed out and are left to the collector. */
  private void collected(String name) {
    if (closed) {
      return;
    }
    if (WARNED.compareAndSet(false, true)) {
      LOG.warn(
          "a plan ({}) was never closed, and its native memory stayed until the garbage collector"
              + " came; close trainers and predictors when they are done with (this is said once)",
          name);
    }
    closeKernels();
  }

  private void closeKernels() {
    closed = true;
    OPEN.decrementAndGet();
    kernels.forEach(Kernel::close);
    pointers.release();
    variables.forEach(Variable::release);
  }

  @Override
  public void close() {
    if (!closed) {
      closeKernels();
      constants.close();
      arrays.forEach(OwnedArrays::free);
      arrays.clear();
    }
  }
}
