package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.nd4j.GraphContext.Arguments;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.OwnedArrays;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An expression as a fixed list of its native ops. Shapes are found once, by running the ops on
 * zeros; buffers between the ops are the kernel's own.
 */
final class TracedKernel implements Kernel {

  private static final Logger LOG = LoggerFactory.getLogger(TracedKernel.class);
  private static final OpContext SHAPES = Nd4j.getExecutioner().buildContext();

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
    List<String> unknown =
        needed.stream()
            .filter(op -> !isKnown(op.getOp()))
            .map(op -> op.getOp().opName())
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      warn(binding, "it has native ops of kinds that are not bound once: " + unknown);
      return null;
    }
    TracedKernel kernel = new TracedKernel(written);
    try {
      kernel.trace(needed, binding);
      return kernel;
    } catch (RuntimeException e) {
      kernel.close();
      warn(binding, "its native ops could not be bound once: " + e);
      LOG.debug("why {} could not be bound", binding.call().op().opName(), e);
      return null;
    }
  }

  private static void warn(Binding binding, String reason) {
    LOG.warn(
        "{} in \"{}\" runs slowly, by a session of SameDiff in every step, because {}",
        binding.call().op().opName(),
        binding.call().origin(),
        reason);
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
      String producer =
          Objects.requireNonNull(written.sd().getVariables().get(open.pop())).getOutputOfOp();
      if (producer != null && names.add(producer)) {
        List<String> inputs =
            Objects.requireNonNull(written.sd().getOps().get(producer)).getInputsToOp();
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
      arrays.put(
          written.inputs().get(i),
          own(OwnedArrays.create(input.dataType(), input.shape()).assign(0)));
    }
    needed.forEach(op -> IndexGuard.tryOut(bind(op, binding.call())));
    kernels.forEach(Kernel::close);
    kernels.clear();
    for (int i = 0; i < written.inputs().size(); i++) {
      arrays.put(written.inputs().get(i), binding.in(i));
    }
    needed.forEach(op -> bind(op, binding.call()));
    for (int i = 0; i < written.outputs().size(); i++) {
      kernels.add(
          Shapes.assign(
              Objects.requireNonNull(arrays.get(written.outputs().get(i))), binding.out(i)));
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
    if (!arrays.containsKey(outputs.get(0))) {
      List<LongShapeDescriptor> shapes =
          shapes(
              op,
              context ->
                  context.setArgs(
                      inputs.toArray(INDArray[]::new),
                      op.iArgs(),
                      op.dArgs(),
                      op.tArgs(),
                      op.bArgs()));
      for (int i = 0; i < shapes.size(); i++) {
        LongShapeDescriptor shape = shapes.get(i);
        arrays.put(outputs.get(i), own(OwnedArrays.create(shape.dataType(), shape.getShape())));
      }
    }
    Kernel kernel =
        Native.custom(
            op.opName(),
            inputs,
            outputs.stream().map(arrays::get).toList(),
            new Arguments(op.tArgs(), op.iArgs(), op.bArgs(), op.dArgs(), true));
    return IndexGuard.around(kernel, call, op.opName(), inputs, op.iArgs());
  }

  /** The shapes that an op makes. ND4J's contexts are freed by the collector alone: one does. */
  private static List<LongShapeDescriptor> shapes(
      DifferentialFunction op, Consumer<OpContext> inputs) {
    synchronized (SHAPES) {
      SHAPES.purge();
      inputs.accept(SHAPES);
      try {
        return op.calculateOutputShape(SHAPES);
      } finally {
        SHAPES.purge();
      }
    }
  }

  private Kernel legacy(DifferentialFunction function, List<INDArray> inputs, String output) {
    if (function instanceof BaseReduceOp reduction) {
      return reduction(reduction, inputs, output);
    }
    INDArray x = inputs.get(0);
    INDArray z =
        arrays.computeIfAbsent(
            output,
            name -> own(OwnedArrays.create(written.sd().getVariable(name).dataType(), x.shape())));
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
              LongShapeDescriptor shape = shapes(op, context -> context.setInputArray(0, x)).get(0);
              return own(OwnedArrays.create(shape.dataType(), shape.getShape()));
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
    owned.forEach(OwnedArrays::free);
  }
}
