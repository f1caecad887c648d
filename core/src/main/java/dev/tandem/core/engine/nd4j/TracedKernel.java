package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An expression as a fixed list of its native ops. Shapes are found once, by running the ops on
 * zeros; buffers between the ops are the kernel's own.
 */
final class TracedKernel implements Kernel {

  private final WrittenExpression written;
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<INDArray> owned = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();

  private TracedKernel(WrittenExpression written) {
    this.written = written;
    for (SDVariable variable : written.sd().variables()) {
      VariableType type = variable.getVariableType();
      if (type == VariableType.CONSTANT || type == VariableType.VARIABLE) {
        arrays.put(variable.name(), variable.getArr());
      }
    }
  }

  /** The kernel, or null for an expression with ops of other kinds than those known here. */
  static @Nullable Kernel tryToBind(WrittenExpression written, Binding binding) {
    List<SameDiffOp> needed = needed(written);
    if (!needed.stream().allMatch(op -> isKnown(op.getOp()))) {
      return null;
    }
    TracedKernel kernel = new TracedKernel(written);
    try {
      kernel.trace(needed, binding);
      return kernel;
    } catch (RuntimeException e) {
      kernel.close();
      return null;
    }
  }

  private static boolean isKnown(DifferentialFunction function) {
    return function instanceof DynamicCustomOp
        || function instanceof ScalarOp scalar && scalar.dimensions() == null
        || function instanceof TransformOp
        || function instanceof BaseReduceOp reduction && reduction.getOpType() != Op.Type.REDUCE3;
  }

  /** The ops that the outputs need, in the order in which they were written. */
  private static List<SameDiffOp> needed(WrittenExpression written) {
    Set<String> names = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(written.outputs());
    while (!open.isEmpty()) {
      String producer = written.sd().getVariables().get(open.pop()).getOutputOfOp();
      if (producer != null && names.add(producer)) {
        List<String> inputs = written.sd().getOps().get(producer).getInputsToOp();
        open.addAll(inputs == null ? List.of() : inputs);
      }
    }
    return written.sd().getOps().values().stream()
        .filter(op -> names.contains(op.getName()))
        .toList();
  }

  private void trace(List<SameDiffOp> needed, Binding binding) {
    for (int i = 0; i < written.inputs().size(); i++) {
      INDArray input = binding.in(i);
      arrays.put(written.inputs().get(i), own(Nd4j.zeros(input.dataType(), input.shape())));
    }
    needed.forEach(op -> IndexGuard.tryOut(bind(op, binding.call())));
    kernels.forEach(Kernel::close);
    kernels.clear();
    for (int i = 0; i < written.inputs().size(); i++) {
      arrays.put(written.inputs().get(i), binding.in(i));
    }
    needed.forEach(op -> bind(op, binding.call()));
    for (int i = 0; i < written.outputs().size(); i++) {
      kernels.add(Shapes.assign(arrays.get(written.outputs().get(i)), binding.out(i)));
    }
  }

  private INDArray own(INDArray array) {
    owned.add(array);
    return array;
  }

  private Kernel bind(SameDiffOp op, OpCall call) {
    List<INDArray> inputs =
        op.getInputsToOp() == null
            ? List.of()
            : op.getInputsToOp().stream().map(arrays::get).toList();
    Kernel kernel =
        op.getOp() instanceof CustomOp custom
            ? custom((DynamicCustomOp) custom, inputs, op.getOutputsOfOp(), call)
            : legacy(op.getOp(), inputs, op.getOutputsOfOp().get(0));
    kernels.add(kernel);
    return kernel;
  }

  private Kernel custom(
      DynamicCustomOp op, List<INDArray> inputs, List<String> outputs, OpCall call) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setArgs(
        inputs.toArray(INDArray[]::new), op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
    if (!arrays.containsKey(outputs.get(0))) {
      List<LongShapeDescriptor> shapes = op.calculateOutputShape(context);
      for (int i = 0; i < shapes.size(); i++) {
        LongShapeDescriptor shape = shapes.get(i);
        arrays.put(
            outputs.get(i),
            own(Nd4j.createUninitializedDetached(shape.dataType(), 'c', shape.getShape())));
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      context.setOutputArray(i, arrays.get(outputs.get(i)));
    }
    Kernel kernel = Native.custom(op.opName(), context);
    return IndexGuard.around(kernel, call, op.opName(), inputs, op.iArgs());
  }

  private Kernel legacy(DifferentialFunction function, List<INDArray> inputs, String output) {
    if (function instanceof BaseReduceOp reduction) {
      return reduction(reduction, inputs, output);
    }
    INDArray x = inputs.get(0);
    INDArray z =
        arrays.computeIfAbsent(
            output,
            name ->
                own(
                    Nd4j.createUninitializedDetached(
                        written.sd().getVariable(name).dataType(), 'c', x.shape())));
    Op op = (Op) function;
    op.setX(x);
    op.setY(inputs.size() > 1 && !(op instanceof ScalarOp) ? inputs.get(1) : null);
    op.setZ(z);
    if (op instanceof ScalarOp scalar && inputs.size() > 1) {
      scalar.setScalar(inputs.get(1));
    }
    return Native.legacy(op);
  }

  /** A reduction; its second input, if any, is the constant list of its axes. */
  private Kernel reduction(BaseReduceOp op, List<INDArray> inputs, String output) {
    INDArray x = inputs.get(0);
    if (inputs.size() > 1) {
      op.setDimensions(Shape.normalizeAxis(x.rank(), inputs.get(1).toIntVector()));
      op.setEmptyReduce(false);
    }
    op.setX(x);
    op.setZ(
        arrays.computeIfAbsent(
            output,
            name -> {
              OpContext context = Nd4j.getExecutioner().buildContext();
              context.setInputArray(0, x);
              LongShapeDescriptor shape = op.calculateOutputShape(context).get(0);
              return own(Nd4j.createUninitializedDetached(shape.dataType(), 'c', shape.getShape()));
            }));
    return Native.legacy(op);
  }

  @Override
  public void run() {
    for (int i = 0; i < kernels.size(); i++) {
      kernels.get(i).run();
    }
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
    owned.forEach(INDArray::close);
  }
}
