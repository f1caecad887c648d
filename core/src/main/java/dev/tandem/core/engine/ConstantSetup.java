package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.engine.task.PlanChoice;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Fill;
import dev.tandem.core.tensor.OwnedArrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The computation of what depends on constants alone, once. */
final class ConstantSetup {

  private final HostMemory memory;
  private final NativeScope scope;

  private ConstantSetup(HostMemory memory, NativeScope scope) {
    this.memory = memory;
    this.scope = scope;
  }

  /** Gives the outputs of all tasks arrays and values. */
  static void run(List<Task> tasks, HostMemory memory, NativeScope scope) {
    ConstantSetup setup = new ConstantSetup(memory, scope);
    tasks.forEach(setup::run);
  }

  private void run(Task task) {
    if (task.choice() == PlanChoice.LITERAL) {
      memory.place(task.outputs().get(0).buffer(), literal(task));
    } else {
      task.outputs().forEach(memory::placeAlone);
      compute(task);
    }
  }

  private INDArray literal(Task task) {
    if (task.call().op() instanceof Fill fill) {
      return scope.allocate(fill.spec()).assign(fill.number());
    }
    INDArray array = ((Constant) task.call().op()).array();
    return array.ordering() == 'c' && !array.isView() && !array.isAttached()
        ? array
        : scope.own(OwnedArrays.create(array.dataType(), array.shape()).assign(array));
  }

  private void compute(Task task) {
    task.scratch().forEach(view -> memory.place(view.buffer(), OwnedArrays.create(view.spec())));
    ImmutableList<INDArray> scratch = memory.arrays(task.scratch());
    Binding binding =
        new Binding(
            task.call(),
            memory.arrays(task.inputs()),
            memory.arrays(task.outputs()),
            scratch,
            scope.constants(),
            new StepClock());
    try (Kernel kernel = HostBinding.kernel(task, binding)) {
      Scratchpad scratchpad = new Scratchpad();
      kernel.workIn(scratchpad);
      INDArray pad = OwnedArrays.create(DataType.INT8, Math.max(1, scratchpad.bytes()));
      scratchpad.place(pad.data().addressPointer());
      kernel.run();
      OwnedArrays.free(pad);
    }
    scratch.forEach(OwnedArrays::free);
  }
}
