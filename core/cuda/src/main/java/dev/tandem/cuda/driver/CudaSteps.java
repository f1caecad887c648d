package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Commands as steps that are ready. */
final class CudaSteps implements AutoCloseable {

  private final Handles handles;
  private final List<Object> planned = new ArrayList<>();
  private final Map<String, KernelText> kernels = new LinkedHashMap<>();
  private final List<Integer> firsts = new ArrayList<>();
  private final Scope scope = new Scope();
  private final ImmutableList<CudaStep> steps;

  CudaSteps(Handles handles, KernelModules modules, List<Command> commands) {
    this.handles = handles;
    try {
      for (Command command : commands) {
        firsts.add(planned.size());
        plan(command);
      }
      KernelModules.Use use = modules.use(kernels.values());
      scope.onClose(use::close);
      ImmutableList.Builder<CudaStep> made = ImmutableList.builder();
      for (Object one : planned) {
        if (one instanceof Command.Launch launch) {
          made.add(new LaunchStep(launch, use.function(launch.kernel())));
        } else {
          made.add((CudaStep) one);
        }
      }
      this.steps = made.build();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The steps, in order. */
  ImmutableList<CudaStep> all() {
    return steps;
  }

  /**
   * For each step the earlier ones that it waits for.
   *
   * @param commands the earlier commands that each command waits for
   */
  ImmutableList<ImmutableSortedSet<Integer>> waits(List<ImmutableSortedSet<Integer>> commands) {
    ImmutableList.Builder<ImmutableSortedSet<Integer>> all = ImmutableList.builder();
    for (int command = 0; command < commands.size(); command++) {
      for (int step = firsts.get(command); step < end(command); step++) {
        if (step > firsts.get(command)) {
          all.add(ImmutableSortedSet.of(step - 1));
          continue;
        }
        ImmutableSortedSet.Builder<Integer> before = ImmutableSortedSet.naturalOrder();
        for (int earlier : commands.get(command)) {
          // a command of no step does nothing, and nobody has to wait for it
          if (end(earlier) > firsts.get(earlier)) {
            before.add(end(earlier) - 1);
          }
        }
        all.add(before.build());
      }
    }
    return all.build();
  }

  private int end(int command) {
    return command + 1 < firsts.size() ? firsts.get(command + 1) : steps.size();
  }

  // the one place that tells commands apart
  private void plan(Command command) {
    if (command instanceof Command.Launch launch) {
      kernels.put(launch.kernel().name(), launch.kernel());
      planned.add(launch);
    } else if (command instanceof Command.Product product) {
      plan(product);
    } else if (command instanceof Command.Convolution convolution) {
      plan(convolution);
    } else if (command instanceof Command.Copy copy) {
      if (copy.bytes() > 0) {
        planned.add(new CopyStep(copy));
      }
    } else {
      throw new DeviceException("a card does not know how to do " + command);
    }
  }

  private void plan(Command.Product product) {
    if (ProductLayout.isEmpty(product)) {
      plan(ProductEnding.ofNothing(product));
      return;
    }
    LtProduct whole = new LtProduct(handles, product);
    scope.onClose(whole::close);
    if (whole.isThere()) {
      planned.add(whole);
      return;
    }
    LtProduct bare = new LtProduct(handles, ProductEnding.without(product));
    scope.onClose(bare::close);
    if (!bare.isThere()) {
      throw new DeviceException("cuBLASLt has no algorithm for " + product + "; report this");
    }
    planned.add(bare);
    plan(ProductEnding.of(product));
  }

  private void plan(Command.Convolution convolution) {
    if (DnnConvolution.canBeAsked(convolution)) {
      DnnConvolution step = new DnnConvolution(handles, convolution);
      scope.onClose(step::close);
      if (step.isThere()) {
        planned.add(step);
        return;
      }
    }
    plan(DirectConvolution.of(convolution));
  }

  @Override
  public void close() {
    scope.close();
  }

  private record CopyStep(Command.Copy copy) implements CudaStep {

    @Override
    public String label() {
      return "copy of " + copy.bytes() + " bytes";
    }

    @Override
    public void ask(CUstream_st stream, long workspace) {
      CudaStatus.check(
          cudart.cudaMemcpyAsync(
              new At(copy.to()),
              new At(copy.from()),
              copy.bytes(),
              cudart.cudaMemcpyDeviceToDevice,
              stream),
          "cudaMemcpyAsync, " + label());
    }
  }

  private final class LaunchStep implements CudaStep {

    private final KernelText kernel;
    private final CUfunc_st function;
    private final PointerPointer<Pointer> arguments;

    LaunchStep(Command.Launch launch, CUfunc_st function) {
      this.kernel = launch.kernel();
      this.function = function;
      int count = launch.addresses().size();
      LongPointer values = scope.add(new LongPointer(Math.max(1, count)));
      this.arguments = scope.add(new PointerPointer<>(Math.max(1, count)));
      for (int i = 0; i < count; i++) {
        values.put(i, launch.addresses().get(i));
        arguments.put(i, new At(values.address() + (long) i * Long.BYTES));
      }
    }

    @Override
    public String label() {
      return "kernel " + kernel.name();
    }

    @Override
    public void ask(CUstream_st stream, long workspace) {
      Grid grid = kernel.grid();
      CudaStatus.check(
          cudart.cuLaunchKernel(
              function,
              grid.blocks(),
              grid.blocksY(),
              1,
              grid.threads(),
              grid.threadsY(),
              1,
              0,
              stream,
              arguments,
              null),
          "cuLaunchKernel of " + kernel.name() + " by " + grid);
    }
  }
}
