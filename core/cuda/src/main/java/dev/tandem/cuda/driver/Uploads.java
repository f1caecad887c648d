package dev.tandem.cuda.driver;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Copies to a card that do not wait for it: values are put into pinned memory first, and read from
 * there when the card has done what was asked before.
 */
final class Uploads implements AutoCloseable {

  private static final long BYTES = 32L << 20;

  /** Places begin at multiples of this. */
  private static final long ALIGNMENT = 64;

  private final CUstream_st stream;
  private final BytePointer pinned = new BytePointer();
  private final Ring<CUevent_st> ring = new Ring<>(BYTES);
  private final Deque<CUevent_st> free = new ArrayDeque<>();
  private final Deque<CUevent_st> all = new ArrayDeque<>();

  Uploads(CUstream_st stream) {
    this.stream = stream;
    CudaStatus.check(cudart.cudaMallocHost(pinned, BYTES), "cudaMallocHost of " + BYTES + " bytes");
  }

  /** Copies in pieces; waits only where more is on its way than the pinned memory holds. */
  void copy(Pointer host, long device, long bytes) {
    long from = At.address(host);
    for (long done = 0; done < bytes; ) {
      long piece = Math.min(ring.most(), bytes - done);
      long rounded = (piece + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      At place = new At(pinned.address() + ring.take(rounded, this::mark, this::reach));
      Pointer.memcpy(place, new At(from + done), piece);
      CudaStatus.check(
          cudart.cudaMemcpyAsync(
              new At(device + done), place, piece, cudart.cudaMemcpyHostToDevice, stream),
          "cudaMemcpyAsync of " + piece + " bytes to the card");
      done += piece;
    }
  }

  private CUevent_st mark() {
    CUevent_st event = free.poll();
    if (event == null) {
      event = new CUevent_st();
      CudaStatus.check(
          cudart.cudaEventCreateWithFlags(event, cudart.cudaEventDisableTiming),
          "cudaEventCreateWithFlags");
      all.add(event);
    }
    CudaStatus.check(cudart.cudaEventRecord(event, stream), "cudaEventRecord");
    return event;
  }

  private void reach(CUevent_st event) {
    CudaStatus.check(cudart.cudaEventSynchronize(event), "cudaEventSynchronize");
    free.add(event);
  }

  @Override
  public void close() {
    all.forEach(event -> CudaStatus.release(cudart.cudaEventDestroy(event), "cudaEventDestroy"));
    CudaStatus.release(cudart.cudaFreeHost(pinned), "cudaFreeHost");
  }
}
