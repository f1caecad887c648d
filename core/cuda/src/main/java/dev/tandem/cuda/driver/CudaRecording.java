package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import java.util.List;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that are ready to run. The first run asks for them one by one, which lets libraries load
 * what they need; the second captures them, and from then on one graph is launched. What cannot be
 * captured is asked for one by one for good.
 */
final class CudaRecording implements Device.Recording {

  private static final Logger LOG = LoggerFactory.getLogger(CudaRecording.class);

  /** Commands below which a graph is no gain. */
  private static final int FEWEST = 2;

  private final CudaDevice device;
  private final CudaSteps steps;
  private final CUstream_st stream;
  private final boolean single;
  private final long workspace;
  private @Nullable CUgraphExec_st graph;
  private boolean ran;
  private boolean refused;
  private boolean closed;

  /**
   * Makes commands ready.
   *
   * @param single whether each command is asked for alone, and waited for
   */
  CudaRecording(
      CudaDevice device,
      Handles handles,
      KernelModules modules,
      List<Command> commands,
      boolean single) {
    this.device = device;
    this.stream = handles.stream();
    this.single = single;
    this.steps = new CudaSteps(handles, modules, commands);
    long bytes = steps.all().stream().mapToLong(CudaStep::workspace).max().orElse(0);
    try {
      this.workspace = bytes == 0 ? 0 : device.allocate(bytes);
    } catch (RuntimeException e) {
      steps.close();
      throw e;
    }
  }

  /** Whether runs are launches of one graph. */
  boolean isCaptured() {
    return graph != null;
  }

  @Override
  public void run() {
    synchronized (device) {
      device.enter();
      if (closed) {
        throw new IllegalStateException("the recording is closed");
      }
      if (graph == null && ran && !refused && !single && steps.all().size() >= FEWEST) {
        graph = capture();
      }
      if (graph != null) {
        CudaStatus.check(
            cudart.cudaGraphLaunch(graph, stream),
            "cudaGraphLaunch of " + steps.all().size() + " commands");
      } else {
        steps.all().forEach(this::ask);
      }
      ran = true;
    }
  }

  private void ask(CudaStep step) {
    step.ask(workspace);
    if (single) {
      CudaStatus.check(cudart.cudaStreamSynchronize(stream), step.label());
    }
  }

  private @Nullable CUgraphExec_st capture() {
    CudaStatus.check(
        cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeThreadLocal),
        "cudaStreamBeginCapture");
    @Nullable DeviceException problem = null;
    try {
      steps.all().forEach(step -> step.ask(workspace));
    } catch (DeviceException e) {
      problem = e;
    }
    CUgraph_st captured = new CUgraph_st();
    int ended = cudart.cudaStreamEndCapture(stream, captured);
    try {
      if (problem != null) {
        throw problem;
      }
      CudaStatus.check(ended, "cudaStreamEndCapture");
      CUgraphExec_st made = new CUgraphExec_st();
      CudaStatus.check(cudart.cudaGraphInstantiate(made, captured, 0), "cudaGraphInstantiate");
      return made;
    } catch (DeviceException e) {
      // the error has been told, and is not to be told again by the next call
      cudart.cudaGetLastError();
      refused = true;
      LOG.warn("{} commands do not become a graph; they are run one by one", steps.all().size(), e);
      return null;
    } finally {
      if (!captured.isNull()) {
        cudart.cudaGraphDestroy(captured);
      }
    }
  }

  @Override
  public void close() {
    synchronized (device) {
      if (!closed && device.isOpen()) {
        device.enter();
        CudaStatus.release(cudart.cudaStreamSynchronize(stream), "cudaStreamSynchronize");
        if (graph != null) {
          CudaStatus.release(cudart.cudaGraphExecDestroy(graph), "cudaGraphExecDestroy");
        }
        steps.close();
        if (workspace != 0) {
          device.free(workspace);
        }
      }
      closed = true;
    }
  }
}
