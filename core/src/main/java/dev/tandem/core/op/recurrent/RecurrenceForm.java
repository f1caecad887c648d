package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a cell goes along sequences, and what it is given for it.
 *
 * @param cell the formulas
 * @param reverse whether it goes from the last step to the first; what it makes of a step always
 *     has the place of that step
 * @param biased whether there is a bias beside the product of the state
 * @param started whether first states are given; else they are zeros
 * @param masked whether there is a mask: for each step of each sample, above 0 where it counts; the
 *     states go past others unchanged
 */
public record RecurrenceForm(
    RecurrentCell cell, boolean reverse, boolean biased, boolean started, boolean masked) {

  /** Checks that the cell has what is given. */
  public RecurrenceForm {
    if (biased && !cell.hasRecurrentBias()) {
      throw new IllegalArgumentException(cell + " has no bias beside the product of its state");
    }
  }

  /** The place in the sequences of a step in the order in which they are made. */
  public int place(int step, int time) {
    return reverse ? time - 1 - step : step;
  }

  /** The number of values from the kernel of the recurrence to the mask. */
  int given() {
    return 1 + (biased ? 1 : 0) + first() + (masked ? 1 : 0);
  }

  private int first() {
    return started ? cell.states() : 0;
  }

  /** The bias among the values that begin with the kernel. */
  @Nullable Value bias(List<Value> given) {
    return biased ? given.get(1) : null;
  }

  /** The first states among the values that begin with the kernel; empty for zeros. */
  public <T> List<T> first(List<T> given) {
    int begin = biased ? 2 : 1;
    return given.subList(begin, begin + first());
  }

  /** The mask among the values that begin with the kernel. */
  public <T> @Nullable T mask(List<T> given) {
    return masked ? given.get(given() - 1) : null;
  }

  /** The number of sequences that a recurrence makes: of states, and of what steps keep. */
  public int made() {
    return cell.states() + cell.kept().size();
  }

  /** What a recurrence over such inputs makes: states, what steps keep, last states. */
  ImmutableList<TensorSpec> outputs(TensorSpec x) {
    Shape shape = x.shape();
    ImmutableList.Builder<TensorSpec> outputs = ImmutableList.builder();
    for (int i = 0; i < cell.states(); i++) {
      outputs.add(x.withShape(shape.with(-1, cell.units())));
    }
    cell.kept().forEach(size -> outputs.add(x.withShape(shape.with(-1, units(size)))));
    for (int i = 0; i < cell.states(); i++) {
      outputs.add(x.withShape(Shape.of(shape.size(0), cell.units())));
    }
    return outputs.build();
  }

  private long units(int parts) {
    return (long) parts * cell.units();
  }

  /** What has to be given for such inputs, from the kernel to the mask. */
  List<TensorSpec> given(TensorSpec x) {
    long batch = x.shape().size(0);
    long size = units(cell.gates());
    ImmutableList.Builder<TensorSpec> given = ImmutableList.builder();
    given.add(x.withShape(Shape.of(cell.units(), size)));
    if (biased) {
      given.add(x.withShape(Shape.of(size)));
    }
    IntStream.range(0, first()).forEach(i -> given.add(x.withShape(Shape.of(batch, cell.units()))));
    if (masked) {
      given.add(x.withShape(Shape.of(batch, x.shape().size(1))));
    }
    return given.build();
  }
}
