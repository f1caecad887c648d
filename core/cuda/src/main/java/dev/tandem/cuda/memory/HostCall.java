package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.HostCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A task that the host runs between two stretches of commands. */
final class HostCall implements Runnable {

  private record Crossing(long address, Pointer host, long bytes) {}

  private final Device device;
  private final List<Crossing> inputs;
  private final List<Crossing> outputs;
  private final Kernel kernel;

  HostCall(Task task, HostCode code, Holding holding, ToLongFunction<BufferView> addresses) {
    this.device = holding.device();
    this.inputs = new ArrayList<>();
    this.outputs = new ArrayList<>();
    ImmutableList<INDArray> read = arrays(task.inputs(), holding, addresses, inputs);
    ImmutableList<INDArray> written = arrays(task.outputs(), holding, addresses, outputs);
    this.kernel = code.bind(task.call(), read, written);
    holding.own(kernel::close);
  }

  private static ImmutableList<INDArray> arrays(
      List<BufferView> views,
      Holding holding,
      ToLongFunction<BufferView> addresses,
      List<Crossing> crossings) {
    ImmutableList.Builder<INDArray> arrays = ImmutableList.builder();
    for (BufferView view : views) {
      INDArray array = holding.array(view.spec());
      arrays.add(array);
      long bytes = array.length() * array.dataType().width();
      if (bytes > 0) {
        crossings.add(
            new Crossing(addresses.applyAsLong(view), array.data().addressPointer(), bytes));
      }
    }
    return arrays.build();
  }

  @Override
  public void run() {
    inputs.forEach(one -> device.download(one.address(), one.host(), one.bytes()));
    kernel.run();
    outputs.forEach(one -> device.upload(one.host(), one.address(), one.bytes()));
  }
}
