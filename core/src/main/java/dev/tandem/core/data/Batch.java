package dev.tandem.core.data;

import com.google.common.collect.ImmutableMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some rows of a {@link DataSource}, in arrays that the iterator uses again: read them before its
 * next batch, and copy what must last longer.
 *
 * @param inputs arrays {@code (size, …)} in 'c' order by name, with the element types of its
 *     columns
 * @param targets the same for the targets
 * @param size the number of rows
 * @param position which batch it is
 * @param places where its rows come from, in messages
 */
public record Batch(
    ImmutableMap<String, INDArray> inputs,
    ImmutableMap<String, INDArray> targets,
    int size,
    BatchPosition position,
    BatchPlaces places) {

  /**
   * The input of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public INDArray input(String name) {
    return NamedArrays.get(inputs, "input", name);
  }

  /**
   * The target of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public INDArray target(String name) {
    return NamedArrays.get(targets, "target", name);
  }

  /**
   * Where a row comes from, in messages: as in {@code row 17}.
   *
   * @param index from 0 to {@code size() - 1}
   */
  public String place(int index) {
    return places.of(index);
  }
}
