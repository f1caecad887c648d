package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.Device;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Places in pinned memory, each with an event that tells when the last copy to it has come. */
final class CudaInbox implements Device.Inbox {

  /** Places begin at multiples of this. */
  private static final long ALIGNMENT = 64;

  private final CudaDevice device;
  private final CUstream_st stream;
  private final BytePointer pinned = new BytePointer();
  private final long bytes;
  private final long each;
  private final @Nullable CUevent_st[] events;
  private boolean open = true;

  CudaInbox(CudaDevice device, CUstream_st stream, long bytes, int places) {
    this.device = device;
    this.stream = stream;
    this.bytes = bytes;
    this.each = (Math.max(1, bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    this.events = new CUevent_st[places];
    CudaStatus.check(
        cudart.cudaMallocHost(pinned, each * places),
        "cudaMallocHost of " + each * places + " bytes");
  }

  private At at(int place) {
    return new At(pinned.address() + place * each);
  }

  @Override
  public void bring(long from, int place) {
    synchronized (device) {
      device.enter();
      CudaStatus.check(
          cudart.cudaMemcpyAsync(
              at(place), new At(from), bytes, cudart.cudaMemcpyDeviceToHost, stream),
          "cudaMemcpyAsync of " + bytes + " bytes from the card");
      CudaStatus.check(cudart.cudaEventRecord(event(place), stream), "cudaEventRecord");
    }
  }

  private CUevent_st event(int place) {
    CUevent_st event = events[place];
    if (event == null) {
      event = new CUevent_st();
      CudaStatus.check(
          cudart.cudaEventCreateWithFlags(event, cudart.cudaEventDisableTiming),
          "cudaEventCreateWithFlags");
      events[place] = event;
    }
    return event;
  }

  /** Others may ask the card for more in the meantime. */
  @Override
  public Pointer await(int place) {
    CUevent_st event;
    synchronized (device) {
      device.enter();
      event = event(place);
    }
    CudaStatus.check(
        cudart.cudaEventSynchronize(event), "waiting for the card (cudaEventSynchronize)");
    return at(place);
  }

  @Override
  public void close() {
    synchronized (device) {
      if (open && device.isOpen()) {
        device.enter();
        CudaStatus.release(cudart.cudaStreamSynchronize(stream), "cudaStreamSynchronize");
        for (CUevent_st event : events) {
          if (event != null) {
            CudaStatus.release(cudart.cudaEventDestroy(event), "cudaEventDestroy");
          }
        }
        CudaStatus.release(cudart.cudaFreeHost(pinned), "cudaFreeHost");
      }
      open = false;
    }
  }
}
