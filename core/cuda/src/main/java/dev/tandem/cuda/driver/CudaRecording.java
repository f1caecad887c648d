package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.CommandBranches;
import dev.tandem.cuda.device.Dependencies;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that are ready to run. The first run asks for them one by one, which lets libraries load
 * what they need; the second captures them, with a branch for what need not wait for each other,
 * and from then on one graph is launched. What cannot be captured is asked for one by one for good.
 */
final class CudaRecording implements Device.Recording {

  private static final Logger LOG = LoggerFactory.getLogger(CudaRecording.class);

  /** How many branches a graph may have side by side; 1 for none. */
  private static final String BRANCHES = "tandem.cuda.branches";

  private static final int MOST_BRANCHES = 4;

  /** Stands for the point before all steps. */
  private static final int BEGIN = -1;

  /** Commands below which a graph is no gain. */
  private static final int FEWEST = 2;

  private final CudaDevice device;
  private final CudaSteps steps;
  private final CUstream_st stream;
  private final CudaStreams streams;
  private final CommandBranches branches;
  private final long[] workspaces;
  private final boolean single;
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
    this.streams = new CudaStreams(stream);
    this.single = single;
    this.steps = new CudaSteps(handles, modules, commands);
    List<ImmutableSortedSet<Integer>> waits = steps.waits(Dependencies.of(commands));
    int most = Math.max(1, Integer.getInteger(BRANCHES, MOST_BRANCHES));
    this.branches = CommandBranches.of(waits, most);
    this.workspaces = new long[branches.last().size()];
    try {
      takeWorkspaces();
    } catch (RuntimeException e) {
      giveBack();
      throw e;
    }
  }

  /** What runs on one stream takes turns in one workspace. */
  private void takeWorkspaces() {
    long[] bytes = new long[workspaces.length];
    for (int i = 0; i < steps.all().size(); i++) {
      int branch = branches.steps().get(i).stream();
      bytes[branch] = Math.max(bytes[branch], steps.all().get(i).workspace());
    }
    for (int branch = 0; branch < bytes.length; branch++) {
      workspaces[branch] = bytes[branch] == 0 ? 0 : device.allocate(bytes[branch]);
      streams.get(branch);
    }
  }

  private void giveBack() {
    steps.close();
    streams.close();
    for (long workspace : workspaces) {
      if (workspace != 0) {
        device.free(workspace);
      }
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
        for (int i = 0; i < steps.all().size(); i++) {
          ask(i, 0);
          if (single) {
            CudaStatus.check(cudart.cudaStreamSynchronize(stream), steps.all().get(i).label());
          }
        }
      }
      ran = true;
    }
  }

  private void ask(int step, int on) {
    steps.all().get(step).ask(streams.get(on), workspaces[branches.steps().get(step).stream()]);
  }

  private @Nullable CUgraphExec_st capture() {
    @Nullable CUgraphExec_st made = null;
    if (workspaces.length > 1) {
      // nothing is made while calls are captured
      try (Scope scope = new Scope()) {
        Map<Integer, CUevent_st> events = new HashMap<>();
        events.put(BEGIN, CudaStreams.event(scope));
        for (int step : branches.awaited()) {
          events.put(step, CudaStreams.event(scope));
        }
        made = capture(() -> askOnBranches(events));
      }
    }
    if (made == null) {
      made =
          capture(
              () -> {
                for (int i = 0; i < steps.all().size(); i++) {
                  ask(i, 0);
                }
              });
    }
    refused = made == null;
    return made;
  }

  /** Asks for all, each on the stream of its branch, which begin and end with the card's own. */
  private void askOnBranches(Map<Integer, CUevent_st> events) {
    streams.mark(0, Objects.requireNonNull(events.get(BEGIN)));
    for (int branch = 1; branch < workspaces.length; branch++) {
      streams.await(branch, Objects.requireNonNull(events.get(BEGIN)));
    }
    for (int i = 0; i < steps.all().size(); i++) {
      CommandBranches.Step step = branches.steps().get(i);
      for (int before : step.waits()) {
        streams.await(step.stream(), Objects.requireNonNull(events.get(before)));
      }
      ask(i, step.stream());
      CUevent_st event = events.get(i);
      if (event != null) {
        streams.mark(step.stream(), event);
      }
    }
    for (int branch = 1; branch < workspaces.length; branch++) {
      streams.await(0, Objects.requireNonNull(events.get(branches.last().get(branch))));
    }
  }

  private @Nullable CUgraphExec_st capture(Runnable asking) {
    CudaStatus.check(
        cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeThreadLocal),
        "cudaStreamBeginCapture");
    @Nullable DeviceException problem = null;
    try {
      asking.run();
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
      LOG.warn(
          "{} commands on {} streams do not become a graph; they are run otherwise",
          steps.all().size(),
          workspaces.length,
          e);
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
        giveBack();
      }
      closed = true;
    }
  }
}
