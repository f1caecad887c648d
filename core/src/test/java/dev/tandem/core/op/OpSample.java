package dev.tandem.core.op;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An op and something to try it on.
 *
 * @param label what it is a sample of
 * @param slope how often it can be differentiated
 * @param op the op for a floating point type
 * @param inputs float64 or integer arrays, away from kinks
 */
public record OpSample(
    String label, Slope slope, Function<DataType, Op> op, List<INDArray> inputs) {

  /** How often an op can be differentiated. */
  public enum Slope {
    /** Never: its rule gives null for every input. */
    NONE,
    /** Never: its rule throws. */
    REFUSED,
    /** Once; a second time is an error. */
    ONCE,
    /** Any number of times. */
    SMOOTH
  }

  static OpSample of(Op op, INDArray... inputs) {
    return new OpSample(op.toString(), Slope.SMOOTH, dtype -> op, List.of(inputs));
  }

  OpSample with(Slope other) {
    return new OpSample(label, other, op, inputs);
  }

  /** The inputs, those of floating point in the given type. */
  public List<INDArray> inputs(DataType dtype) {
    return inputs.stream().map(array -> cast(array, dtype)).toList();
  }

  private static INDArray cast(INDArray array, DataType dtype) {
    return array.dataType().isFPType() ? array.castTo(dtype) : array;
  }

  /** The specs of the inputs. */
  public List<TensorSpec> specs(DataType dtype) {
    List<TensorSpec> specs = new ArrayList<>();
    for (INDArray array : inputs) {
      DataType own = array.dataType().isFPType() ? dtype : array.dataType();
      specs.add(new TensorSpec(Shape.of(array.shape()), own));
    }
    return specs;
  }

  /** What has to be fed to {@link #graph}. */
  public Map<String, INDArray> feeds(DataType dtype) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put("in" + i, cast(inputs.get(i), dtype));
    }
    if (op.apply(dtype) instanceof Feed feed) {
      feeds.put(
          feed.label(),
          SampleArrays.normal(7, feed.spec().shape().toArray()).castTo(feed.spec().dtype()));
    }
    return feeds;
  }

  /** The op alone: feeds in0, in1, … and outputs out0, out1, …. */
  public OpGraph graph(DataType dtype) {
    Ops ops = new Ops();
    List<Value> values = new ArrayList<>();
    for (TensorSpec spec : specs(dtype)) {
      values.add(ops.feed("in" + values.size(), spec));
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    for (Value output : ops.apply(op.apply(dtype), values)) {
      outputs.put("out" + output.index(), output);
    }
    return ops.build(outputs.buildOrThrow());
  }

  @Override
  public String toString() {
    return label + " of " + inputs.stream().map(array -> Shape.of(array.shape())).toList();
  }
}
