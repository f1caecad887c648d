package dev.tandem.cuda;

import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.memory.CudaBinding;
import dev.tandem.cuda.memory.Holding;
import dev.tandem.cuda.memory.SmallValues;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** The way of a feed's values to the card. What is small waits for the run and crosses together. */
final class CudaFeed {

  private final INDArray array;
  private final long bytes;
  private final long address;
  private final long staged;
  private final boolean isLooked;
  private final @Nullable SmallValues together;

  /** A feed of zeros. */
  CudaFeed(TensorSpec spec, long address, CudaBinding binding, Holding holding) {
    this.array = holding.array(spec);
    this.bytes = array.length() * array.dataType().width();
    this.address = address;
    this.staged = binding.staged(address);
    this.isLooked = binding.verdict() != null;
    this.together = binding.fed().has(address) ? binding.fed() : null;
    send(array, holding.device());
  }

  /** The array whose shape and type values take. */
  INDArray array() {
    return array;
  }

  /** The values of now: of the last run that was not left out, where runs are looked at. */
  INDArray now(Device device) {
    if (bytes > 0) {
      Pointer to = array.data().addressPointer();
      if (together == null || isLooked) {
        device.download(address, to, bytes);
      } else {
        Pointer.memcpy(to, together.host(address), bytes);
      }
    }
    return array;
  }

  /** Gives values of the same shape, of any type and order. */
  void copy(INDArray values, Device device) {
    boolean asTheyAre =
        values.dataType() == array.dataType()
            && values.ordering() == 'c'
            && Shape.hasDefaultStridesForShape(values);
    send(asTheyAre ? values : array.assign(values), device);
  }

  /** Gives the one number of a scalar. */
  void put(double number, Device device) {
    array.data().put(0, number);
    send(array, device);
  }

  private void send(INDArray values, Device device) {
    if (bytes == 0) {
      return;
    }
    Pointer from = values.data().addressPointer();
    if (together == null) {
      device.upload(from, staged, bytes);
    } else {
      Pointer.memcpy(together.host(address), from, bytes);
    }
  }
}
