package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.DeviceException;
import java.util.List;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the fastest of several algorithms by running each on memory of its own. */
final class AlgorithmTimes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlgorithmTimes.class);
  private static final int RUNS = 5;

  /** Asks for a run of an algorithm. */
  interface Asking {

    /**
     * Asks for it.
     *
     * @param memory addresses of as many bytes as were asked for
     * @param workspace the address of what the algorithm needs
     */
    void ask(DnnAlgorithm algorithm, long[] memory, long workspace);
  }

  private final CUstream_st stream;
  private final Scope scope = new Scope();

  AlgorithmTimes(CUstream_st stream) {
    this.stream = stream;
  }

  /** The fastest; those that fail are left out, and the first is it if all fail. */
  DnnAlgorithm fastest(List<DnnAlgorithm> algorithms, long[] bytes, Asking asking) {
    long[] memory = new long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      memory[i] = allocate(bytes[i]);
    }
    long most = algorithms.stream().mapToLong(DnnAlgorithm::workspace).max().orElse(0);
    long workspace = most == 0 ? 0 : allocate(most);
    CUevent_st begin = event();
    CUevent_st end = event();
    DnnAlgorithm best = algorithms.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (DnnAlgorithm algorithm : algorithms) {
      try {
        asking.ask(algorithm, memory, workspace);
        CudaStatus.check(cudart.cudaEventRecord(begin, stream), "cudaEventRecord");
        for (int run = 0; run < RUNS; run++) {
          asking.ask(algorithm, memory, workspace);
        }
        CudaStatus.check(cudart.cudaEventRecord(end, stream), "cudaEventRecord");
        CudaStatus.check(cudart.cudaEventSynchronize(end), "cudaEventSynchronize");
        double millis = elapsed(begin, end);
        LOG.debug("algorithm {}: {} ms", algorithm.number(), millis / RUNS);
        if (millis < least) {
          least = millis;
          best = algorithm;
        }
      } catch (DeviceException e) {
        LOG.debug("algorithm {} does not run", algorithm.number(), e);
      }
    }
    return best;
  }

  private long allocate(long bytes) {
    BytePointer made = new BytePointer();
    CudaStatus.check(cudart.cudaMalloc(made, bytes), "cudaMalloc to measure algorithms");
    long address = made.address();
    scope.onClose(() -> cudart.cudaFree(new At(address)));
    CudaStatus.check(cudart.cudaMemsetAsync(made, 0, bytes, stream), "cudaMemsetAsync");
    return address;
  }

  private CUevent_st event() {
    CUevent_st made = new CUevent_st();
    CudaStatus.check(cudart.cudaEventCreate(made), "cudaEventCreate");
    scope.onClose(() -> cudart.cudaEventDestroy(made));
    return made;
  }

  private static double elapsed(CUevent_st begin, CUevent_st end) {
    try (FloatPointer millis = new FloatPointer(1)) {
      CudaStatus.check(cudart.cudaEventElapsedTime(millis, begin, end), "cudaEventElapsedTime");
      return millis.get();
    }
  }

  @Override
  public void close() {
    CudaStatus.release(cudart.cudaStreamSynchronize(stream), "cudaStreamSynchronize");
    scope.close();
  }
}
