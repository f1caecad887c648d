package dev.tandem.cuda;

import dev.tandem.core.op.SumOfSquares;
import dev.tandem.core.op.Variable;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.SquaresKernel;
import dev.tandem.cuda.memory.Holding;
import dev.tandem.cuda.memory.Mirror;
import dev.tandem.cuda.memory.Mirrors;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sum of squares of variables on a card: two launches, and a copy of one number. */
final class CudaSquares implements SumOfSquares {

  private final Holding holding;
  private final Device device;
  private final List<Mirror> mirrors;
  private final Device.Recording recording;
  private final long result;
  private final DoublePointer number = new DoublePointer(1);

  private CudaSquares(List<Variable> variables, Holding holding) {
    this.holding = holding;
    this.device = holding.device();
    this.mirrors = variables.stream().map(holding::use).toList();
    SquaresKernel kernel =
        SquaresKernel.of(
            mirrors.stream()
                .map(
                    mirror ->
                        new SquaresKernel.Numbers(
                            mirror.address(),
                            mirror.spec().shape().length(),
                            mirror.spec().dtype() == DataType.DOUBLE,
                            0))
                .toList());
    INDArray pieces = kernel.table();
    long table = holding.allocate(pieces.length() * Long.BYTES);
    device.upload(pieces.data().addressPointer(), table, pieces.length() * Long.BYTES);
    long partial = holding.allocate(kernel.blocks() * (long) Double.BYTES);
    this.result = holding.allocate(Double.BYTES);
    this.recording = device.record(kernel.commands(table, partial, result));
    holding.own(recording::close);
  }

  /** The sum of float32 and float64 variables. */
  static SumOfSquares of(List<Variable> variables, Mirrors mirrors) {
    Holding holding = new Holding(mirrors);
    try {
      return new CudaSquares(variables, holding);
    } catch (RuntimeException | Error e) {
      holding.close();
      throw e;
    }
  }

  @Override
  public double now() {
    for (int i = 0; i < mirrors.size(); i++) {
      mirrors.get(i).require();
    }
    recording.run();
    device.download(result, number, Double.BYTES);
    return number.get();
  }

  @Override
  public void close() {
    holding.close();
    number.close();
  }
}
