package dev.tandem.cuda.driver;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/** The stream of a card with others beside it, and events by which they wait for each other. */
final class CudaStreams implements AutoCloseable {

  private final List<CUstream_st> streams = new ArrayList<>();
  private final Scope scope = new Scope();

  CudaStreams(CUstream_st main) {
    streams.add(main);
  }

  /** A stream; 0 is the card's own. */
  CUstream_st get(int index) {
    while (streams.size() <= index) {
      CUstream_st made = new CUstream_st();
      CudaStatus.check(
          cudart.cudaStreamCreateWithFlags(made, cudart.cudaStreamNonBlocking),
          "cudaStreamCreateWithFlags of a branch");
      scope.onClose(() -> cudart.cudaStreamDestroy(made));
      streams.add(made);
    }
    return streams.get(index);
  }

  /** An event, which goes with a scope. */
  static CUevent_st event(Scope owner) {
    CUevent_st event = new CUevent_st();
    CudaStatus.check(
        cudart.cudaEventCreateWithFlags(event, cudart.cudaEventDisableTiming),
        "cudaEventCreateWithFlags");
    owner.onClose(() -> cudart.cudaEventDestroy(event));
    return event;
  }

  /** Makes a point in a stream that others can wait for. */
  void mark(int stream, CUevent_st event) {
    CudaStatus.check(cudart.cudaEventRecord(event, get(stream)), "cudaEventRecord");
  }

  /** Lets a stream wait for a point of another one. */
  void await(int stream, CUevent_st event) {
    CudaStatus.check(cudart.cudaStreamWaitEvent(get(stream), event, 0), "cudaStreamWaitEvent");
  }

  @Override
  public void close() {
    scope.close();
  }
}
