package dev.tandem.cuda.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;

/**
 * The kernel that makes the running mean of a slice, in the order of ranks: the operations of
 * {@link dev.tandem.core.worker.RunningMean}, each rounded, so that bits are the host's. One text
 * serves all lengths, numbers of workers and ranks.
 */
final class MeanKernel {

  private MeanKernel() {}

  /**
   * Puts the means in the place of a worker's own numbers.
   *
   * @param type float32 or float64
   * @param own the address of the worker's slice
   * @param parts the address of the parts; the worker's own one is not there
   * @param stride the numbers from one part to the next
   * @param shares the address of a share for each part
   * @param length of the slice
   * @param count of the workers
   * @param rank of this one
   */
  static Command.Launch of(
      CType type,
      long own,
      long parts,
      long stride,
      long shares,
      long length,
      int count,
      int rank) {
    String number = type.text();
    String body =
        """
          const unsigned long long length = (unsigned long long)p3;
          const unsigned long long stride = (unsigned long long)p4;
          const unsigned long long count = (unsigned long long)p5;
          const unsigned long long rank = (unsigned long long)p6;
          const unsigned long long all = gridDim.x * (unsigned long long)blockDim.x;
          for (unsigned long long i = blockIdx.x * (unsigned long long)blockDim.x + threadIdx.x; i < length; i += all) {
            T mean = rank == 0 ? p0[i] : p1[i];
            for (unsigned long long worker = 1; worker < count; worker++) {
              const T part = worker == rank ? p0[i] : p1[worker * stride + i];
              const T difference = part - mean;
              const T step = difference * (T)p2[worker];
              mean = mean + step;
            }
            p0[i] = mean;
          }
        """
            .replaceAll("\\bT\\b", number);
    KernelText text =
        new KernelText(
            "workers_mean",
            ImmutableList.of(
                type.output(),
                "const " + number + " *",
                "const double *",
                Command.Launch.NUMBER,
                Command.Launch.NUMBER,
                Command.Launch.NUMBER,
                Command.Launch.NUMBER),
            body,
            Grid.over(length));
    return new Command.Launch(
        text,
        ImmutableList.of(own, parts, shares, length, stride, (long) count, (long) rank),
        ImmutableList.of(length, stride * count, (long) count, 0L, 0L, 0L, 0L));
  }
}
