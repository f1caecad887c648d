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
 * @param dtype of the inputs
 * @param integersBelow for integers as inputs: they are from 0 to one less
 * @param params the number of numbers in all weights, or -1 if nobody counted
 * @param twice whether it has a second derivative
 */
public record LayerSample(
    String title,
    Supplier<? extends Layer> supplier,
    ImmutableList<Shape> inputs,
    DataType dtype,
    int integersBelow,
    long params,
    boolean twice) {

  /** A layer of float inputs, in float64. */
  static LayerSample of(String title, Supplier<? extends Layer> supplier, Shape... inputs) {
    return new LayerSample(
        title, supplier, ImmutableList.copyOf(inputs), DataType.DOUBLE, 0, -1, true);
  }

  /** The same with integers as inputs. */
  LayerSample integers(int below) {
    return new LayerSample(title, supplier, inputs, DataType.INT32, below, params, twice);
  }

  /** The same with a known number of parameters and state. */
  LayerSample params(long count) {
    return new LayerSample(title, supplier, inputs, dtype, integersBelow, count, twice);
  }

  /** The same without a second derivative. */
  LayerSample once() {
    return new LayerSample(title, supplier, inputs, dtype, integersBelow, params, false);
  }

  /** A new layer that was not called yet. */
  public Layer layer() {
    return supplier.get();
  }

  /** The same with other float inputs; integers stay integers. */
  LayerSample ofType(DataType other) {
    return integersBelow > 0
        ? this
        : new LayerSample(title, supplier, inputs, other, integersBelow, params, twice);
  }

  /** A model of one call of a layer like this one's. */
  public Model model(String name, Layer layer) {
    List<Input> tensors = new ArrayList<>();
    for (Shape input : inputs) {
      tensors.add(Input.of(name + "_input" + tensors.size(), input, dtype()));
    }
    return Model.of(name, tensors, layer.applyAll(List.copyOf(tensors)));
  }

  /** Values for the inputs: normal numbers, or integers, the same for the same seed. */
  public List<INDArray> values(long seed, long batch) {
    List<INDArray> values = new ArrayList<>();
    for (Shape input : inputs) {
      long[] shape = input.prepend(batch).toArray();
      values.add(
          integersBelow > 0
              ? SampleArrays.indices(seed + values.size(), integersBelow, shape)
              : SampleArrays.normal(seed + values.size(), shape));
    }
    return values;
  }

  @Override
  public String toString() {
    return title + " " + Arrays.toString(inputs.toArray());
  }
}
