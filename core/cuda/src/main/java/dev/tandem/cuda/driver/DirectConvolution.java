package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.Locale;
import java.util.Objects;

/**
 * Convolutions that cuDNN has no algorithm for: each thread sums one element of what comes out.
 * Slow beside cuDNN, and right for every size, type and address.
 */
final class DirectConvolution {

  private final Command.Convolution command;
  private final CType type;

  private DirectConvolution(Command.Convolution command) {
    this.command = command;
    this.type = Objects.requireNonNull(CType.of(command.dtype()));
  }

  /** The kernel and its addresses. */
  static Command.Launch of(Command.Convolution command) {
    return new DirectConvolution(command).launch();
  }

  private Command.Launch launch() {
    return switch (command.kind()) {
      case OUTPUT ->
          launch("output", command.image(), command.kernel(), command.output(), outputBody());
      case IMAGE_GRADIENT ->
          launch("image", command.output(), command.kernel(), command.image(), imageBody());
      case KERNEL_GRADIENT ->
          launch("kernel", command.image(), command.output(), command.kernel(), kernelBody());
    };
  }

  private Command.Launch launch(String of, long one, long two, long result, String body) {
    Shape shape =
        switch (command.kind()) {
          case OUTPUT -> command.outputShape();
          case IMAGE_GRADIENT -> command.imageShape();
          case KERNEL_GRADIENT -> command.kernelShape();
        };
    String loop =
        String.format(
            Locale.ROOT,
            """
            for (long long e = blockIdx.x * (long long)blockDim.x + threadIdx.x; e < %dLL; e += (long long)gridDim.x * blockDim.x) {
            %s  p2[e] = sum;
            }
            """,
            shape.length(),
            body);
    KernelText text =
        new KernelText(
            "direct_convolution_" + of,
            ImmutableList.of(type.input(), type.input(), type.output()),
            sizes() + loop,
            Grid.over(shape.length()));
    return new Command.Launch(text, ImmutableList.of(one, two, result));
  }

  private String sizes() {
    ConvGeometry way = command.geometry();
    Shape image = command.imageShape();
    Shape kernel = command.kernelShape();
    Shape output = command.outputShape();
    return String.format(
        Locale.ROOT,
        """
        const long long N = %d, H = %d, W = %d, C = %d, R = %d, S = %d, P = %d, Q = %d, K = %d;
        const long long down = %d, right = %d, top = %d, left = %d, dy = %d, dx = %d;
        """,
        image.size(0),
        image.size(1),
        image.size(2),
        image.size(3),
        kernel.size(1),
        kernel.size(2),
        output.size(1),
        output.size(2),
        output.size(3),
        way.strideHeight(),
        way.strideWidth(),
        way.top(),
        way.left(),
        way.dilationHeight(),
        way.dilationWidth());
  }

  private String outputBody() {
    return String.format(
        Locale.ROOT,
        """
          const long long k = e %% K, q = e / K %% Q, p = e / (K * Q) %% P, n = e / (K * Q * P);
          %1$s sum = 0;
          for (long long r = 0; r < R; r++) {
            const long long y = p * down - top + r * dy;
            if (y < 0 || y >= H) continue;
            for (long long s = 0; s < S; s++) {
              const long long x = q * right - left + s * dx;
              if (x < 0 || x >= W) continue;
              for (long long c = 0; c < C; c++)
                sum += p0[((n * H + y) * W + x) * C + c] * p1[((k * R + r) * S + s) * C + c];
            }
          }
        """,
        type.text());
  }

  private String imageBody() {
    return String.format(
        Locale.ROOT,
        """
          const long long c = e %% C, x = e / C %% W, y = e / (C * W) %% H, n = e / (C * W * H);
          %1$s sum = 0;
          for (long long r = 0; r < R; r++) {
            const long long py = y + top - r * dy, p = py / down;
            if (py < 0 || py %% down != 0 || p >= P) continue;
            for (long long s = 0; s < S; s++) {
              const long long qx = x + left - s * dx, q = qx / right;
              if (qx < 0 || qx %% right != 0 || q >= Q) continue;
              for (long long k = 0; k < K; k++)
                sum += p0[((n * P + p) * Q + q) * K + k] * p1[((k * R + r) * S + s) * C + c];
            }
          }
        """,
        type.text());
  }

  private String kernelBody() {
    return String.format(
        Locale.ROOT,
        """
          const long long c = e %% C, s = e / C %% S, r = e / (C * S) %% R, k = e / (C * S * R);
          %1$s sum = 0;
          for (long long n = 0; n < N; n++)
            for (long long p = 0; p < P; p++) {
              const long long y = p * down - top + r * dy;
              if (y < 0 || y >= H) continue;
              for (long long q = 0; q < Q; q++) {
                const long long x = q * right - left + s * dx;
                if (x < 0 || x >= W) continue;
                sum += p0[((n * H + y) * W + x) * C + c] * p1[((n * P + p) * Q + q) * K + k];
              }
            }
        """,
        type.text());
  }
}
