package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with inputs that fit it, for the contract that every layer keeps.
 *
 * @param title what is special about it
 * @param supplier makes the layer, each time a new one
 * @param inputs the shape of a sample of each input
 * @param dtype of the float inputs
 * @param floats how many inputs, the first ones, are floats; the others are integers
 * @param integersBelow what integers are below
 * @param params the number of numbers in all weights, or -1 if nobody counted
 * @param twice whether it has a second derivative
 * @param positive whether floats are above zero
 */
public record LayerSample(
    String title,
    Supplier<? extends Layer> supplier,
    ImmutableList<Shape> inputs,
    DataType dtype,
    int floats,
    int integersBelow,
    long params,
    boolean twice,
    boolean positive) {

  /** A layer of float inputs, in float64. */
  static LayerSample of(String title, Supplier<? extends Layer> supplier, Shape... inputs) {
    return new LayerSample(
        title,
        supplier,
        ImmutableList.copyOf(inputs),
        DataType.DOUBLE,
        inputs.length,
        0,
        -1,
        true,
        false);
  }

  /** The same with integers as inputs. */
  LayerSample integers(int below) {
    return new LayerSample(title, supplier, inputs, dtype, 0, below, params, twice, positive);
  }

  /** The same with integers as its last input. */
  LayerSample labels(int below) {
    int others = inputs.size() - 1;
    return new LayerSample(title, supplier, inputs, dtype, others, below, params, twice, positive);
  }

  /** The same with a known number of parameters and state. */
  LayerSample params(long count) {
    return new LayerSample(
        title, supplier, inputs, dtype, floats, integersBelow, count, twice, positive);
  }

  /** The same without a second derivative. */
  LayerSample once() {
    return new LayerSample(
        title, supplier, inputs, dtype, floats, integersBelow, params, false, positive);
  }

  /** The same on numbers above zero. */
  LayerSample onPositive() {
    return new LayerSample(
        title, supplier, inputs, dtype, floats, integersBelow, params, twice, true);
  }

  /** A new layer that was not called yet. */
  public Layer layer() {
    return supplier.get();
  }

  /** The same with other float inputs; integers stay integers. */
  public LayerSample ofType(DataType other) {
    return new LayerSample(
        title, supplier, inputs, other, floats, integersBelow, params, twice, positive);
  }

  /** A model of one call of a layer like this one's. */
  public Model model(String name, Layer layer) {
    List<Input> tensors = new ArrayList<>();
    for (Shape input : inputs) {
      DataType type = tensors.size() < floats ? dtype : DataType.INT32;
      tensors.add(Input.of(name + "_input" + tensors.size(), input, type));
    }
    return Model.of(name, tensors, layer.applyAll(List.copyOf(tensors)));
  }

  /** Values for the inputs: normal numbers, or integers, the same for the same seed. */
  public List<INDArray> values(long seed, long batch) {
    List<INDArray> values = new ArrayList<>();
    for (Shape input : inputs) {
      long[] shape = input.prepend(batch).toArray();
      values.add(
          values.size() < floats
              ? floats(seed + values.size(), shape)
              : SampleArrays.indices(seed + values.size(), integersBelow, shape));
    }
    return values;
  }

  private INDArray floats(long seed, long... shape) {
    return positive ? SampleArrays.positive(seed, shape) : SampleArrays.normal(seed, shape);
  }

  @Override
  public String toString() {
    return title + " " + Arrays.toString(inputs.toArray());
  }
}
