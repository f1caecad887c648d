package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Variable;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Means of variables by the host: their numbers, and others behind them, in two arrays. */
final class HostMeans implements VariableMeans {

  private final Workers workers;

  private ImmutableList<Variable> variables = ImmutableList.of();
  private float[] floats = {};
  private double[] doubles = {};
  private int more;

  HostMeans(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void take(List<Variable> of, double[] others, long samples) {
    variables = ImmutableList.copyOf(of);
    more = others.length;
    int slim = 0;
    int wide = more;
    for (Variable variable : variables) {
      int length = Math.toIntExact(variable.spec().shape().length());
      slim += isSlim(variable) ? length : 0;
      wide += isSlim(variable) ? 0 : length;
    }
    floats = floats.length == slim ? floats : new float[slim];
    doubles = doubles.length == wide ? doubles : new double[wide];
    copy(true);
    System.arraycopy(others, 0, doubles, wide - more, more);
    workers.mean(floats, doubles, samples);
    copy(false);
    System.arraycopy(doubles, wide - more, others, 0, more);
  }

  private static boolean isSlim(Variable variable) {
    DataType dtype = variable.spec().dtype();
    if (dtype != DataType.FLOAT && dtype != DataType.DOUBLE) {
      throw new IllegalStateException(
          "\"" + variable.name() + "\" is " + dtype + "; workers exchange float32 and float64");
    }
    return dtype == DataType.FLOAT;
  }

  /** Copies all numbers from variables, or back into them. */
  private void copy(boolean out) {
    int slim = 0;
    int wide = 0;
    for (Variable variable : variables) {
      INDArray array = out ? variable.read() : variable.write();
      int length = Math.toIntExact(array.length());
      if (isSlim(variable)) {
        FloatPointer memory = new FloatPointer(array.data().addressPointer());
        if (out) {
          memory.get(floats, slim, length);
        } else {
          memory.put(floats, slim, length);
        }
        slim += length;
      } else {
        DoublePointer memory = new DoublePointer(array.data().addressPointer());
        if (out) {
          memory.get(doubles, wide, length);
        } else {
          memory.put(doubles, wide, length);
        }
        wide += length;
      }
    }
  }
}
