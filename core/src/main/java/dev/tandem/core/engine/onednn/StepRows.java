package dev.tandem.core.engine.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tensor (batch, time, parts · units), whose steps are read and written part by part: (batch,
 * units) numbers in an array of their own.
 */
final class StepRows {

  private final INDArray array; // kept, since its memory is freed with it
  private final FloatBuffer numbers;
  private final int batch;
  private final int time;
  private final int parts;
  private final int units;

  StepRows(INDArray array, long batch, long time, int units) {
    this.array = array;
    this.batch = Math.toIntExact(batch);
    this.time = Math.toIntExact(time);
    this.parts = Math.toIntExact(array.length() / (batch * time * units));
    this.units = units;
    this.numbers = numbers(array);
  }

  /** The memory of an array. */
  static FloatBuffer numbers(INDArray array) {
    FloatPointer memory = new FloatPointer(array.data().addressPointer());
    return memory.capacity(memory.position() + array.length()).asBuffer();
  }

  /** How many parts a step has. */
  int parts() {
    return parts;
  }

  private int begin(int row, int step, int part) {
    return ((row * time + step) * parts + part) * units;
  }

  void load(int step, int part, float[] to) {
    if (time == 1 && parts == 1) {
      numbers.get(0, to);
      return;
    }
    for (int row = 0; row < batch; row++) {
      numbers.get(begin(row, step, part), to, row * units, units);
    }
  }

  void store(int step, int part, float[] from) {
    if (time == 1 && parts == 1) {
      numbers.put(0, from);
      return;
    }
    for (int row = 0; row < batch; row++) {
      numbers.put(begin(row, step, part), from, row * units, units);
    }
  }

  /** One number of each row, (batch, time), in all places of the row: 1 where it is above 0. */
  void mask(int step, int size, float[] to) {
    for (int row = 0; row < batch; row++) {
      float number = numbers.get(begin(row, step, 0));
      Arrays.fill(to, row * size, (row + 1) * size, number > 0 ? 1 : 0);
    }
  }

  @Override
  public String toString() {
    return "steps of " + Arrays.toString(array.shape());
  }
}
