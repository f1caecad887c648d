package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes what depends on constants alone, once, and only what the rest of the graph asks for. */
final class Folding {

  private final KernelAssignment claims;
  private final NativeScope scope;
  private final UseCounts uses;
  private final Set<OpCall> constantCalls = new HashSet<>();
  private final Map<Value, BufferView> computed = new HashMap<>();

  Folding(OpGraph graph, KernelAssignment claims, NativeScope scope) {
    this.claims = claims;
    this.scope = scope;
    this.uses = claims.uses(graph);
    for (OpCall call : graph.calls()) {
      boolean changes =
          call.op() instanceof Feed || call.op() instanceof Read || call.op() instanceof RandomOp;
      if (!changes && call.inputs().stream().allMatch(this::isConstant)) {
        constantCalls.add(call);
      }
    }
  }

  /** Whether a value is the same in every run. */
  boolean isConstant(Value value) {
    return constantCalls.contains(value.call());
  }

  /** A constant value, computed at the first time. */
  BufferView region(Value value) {
    BufferView known = computed.get(value);
    if (known == null) {
      compute(value.call());
      known = computed.get(value);
    }
    return known;
  }

  private void compute(OpCall call) {
    if (call.op() instanceof Constant constant) {
      put(call.outputs().get(0), dense(constant.array()));
    } else if (call.op() instanceof Fill fill) {
      put(call.outputs().get(0), empty(fill.spec()).assign(fill.number()));
    } else if (Views.isView(call)) {
      computed.put(call.outputs().get(0), Views.of(call, region(call.inputs().get(0))));
    } else {
      run(call);
    }
  }

  private void run(OpCall call) {
    KernelAssignment.Claim claim = claims.claim(call, uses);
    List<INDArray> outputs = new ArrayList<>();
    for (Value output : call.outputs()) {
      INDArray array = empty(output.spec());
      outputs.add(array);
      put(output, array);
    }
    ImmutableList<INDArray> scratch =
        claim.choice().scratch().stream()
            .map(OwnedArrays::create)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<INDArray> inputs =
        claim.choice().inputs(call).stream()
            .map(input -> region(input).array())
            .collect(ImmutableList.toImmutableList());
    Binding binding =
        new Binding(
            call,
            inputs,
            ImmutableList.copyOf(outputs),
            scratch,
            scope.constants(),
            new StepClock());
    try (Kernel kernel = claim.choice().bind(binding)) {
      Scratchpad scratchpad = new Scratchpad();
      kernel.workIn(scratchpad);
      INDArray pad = OwnedArrays.create(DataType.INT8, Math.max(1, scratchpad.bytes()));
      scratchpad.place(pad.data().addressPointer());
      kernel.run();
      OwnedArrays.free(pad);
    }
    scratch.forEach(OwnedArrays::free);
  }

  private void put(Value value, INDArray array) {
    computed.put(value, BufferView.of(new Buffer(Buffer.Home.CONSTANT, array), value.spec()));
  }

  private INDArray dense(INDArray array) {
    if (array.ordering() == 'c' && !array.isView() && !array.isAttached()) {
      return array;
    }
    return scope.memory().own(OwnedArrays.create(array.dataType(), array.shape()).assign(array));
  }

  private INDArray empty(TensorSpec spec) {
    return scope.memory().own(OwnedArrays.create(spec));
  }
}
