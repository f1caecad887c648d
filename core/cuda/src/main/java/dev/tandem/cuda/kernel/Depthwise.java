package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Convolutions of each channel by itself, with their gradients. */
final class Depthwise {

  private final CType type;
  private final ConvGeometry geometry;
  private final Shape image;
  private final Shape kernel;
  private final Shape output;

  private Depthwise(CType type, ConvGeometry geometry, Shape image, Shape kernel, Shape output) {
    this.type = type;
    this.geometry = geometry;
    this.image = image;
    this.kernel = kernel;
    this.output = output;
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    CType type = CType.of(call.outputs().get(0).dtype());
    Shape out = call.outputs().get(0).shape();
    if (type == null || !type.isFloating() || call.inputs().size() != 2) {
      return null;
    }
    Shape first = call.inputs().get(0).shape();
    Shape second = call.inputs().get(1).shape();
    if (call.op() instanceof DepthwiseConv2DOp op) {
      return new Depthwise(type, op.geometry(), first, second, out).forward(call);
    } else if (call.op() instanceof DepthwiseConv2DInputGradient op) {
      return new Depthwise(type, op.geometry(), out, first, second).imageGradient(call);
    } else if (call.op() instanceof DepthwiseConv2DKernelGradient op) {
      return new Depthwise(type, op.geometry(), first, out, second).kernelGradient(call);
    }
    return null;
  }

  private long largest() {
    return Math.max(Math.max(image.length(), output.length()), kernel.length());
  }

  private CudaChoice elements(OpCall call, String statements) {
    long length = call.outputs().get(0).shape().length();
    if (length == 0) {
      return places -> List.of();
    }
    KernelText text =
        new KernelText(
            call.op().opName(),
            ImmutableList.of(type.input(), type.input(), type.output()),
            ElementLoop.over(length, largest(), statements),
            Grid.over(length));
    return places ->
        List.of(
            new Command.Launch(text, ImmutableList.of(places.in(0), places.in(1), places.out())));
  }

  private CudaChoice forward(OpCall call) {
    String statements =
        Layouts.coordinates(output)
            + String.format(
                Locale.ROOT,
                """
                    %1$s sum = 0;
                    for (int r = 0; r < %2$d; r++) {
                      const I sy = y * %3$d - %4$d + r * %5$d;
                      if (sy < 0 || sy >= %6$d) continue;
                      for (int q = 0; q < %7$d; q++) {
                        const I sx = x * %8$d - %9$d + q * %10$d;
                        if (sx < 0 || sx >= %11$d) continue;
                        sum = %12$s(p0[((n * %6$d + sy) * %11$d + sx) * %13$d + c / %14$d], p1[(r * %7$d + q) * %15$d + c], sum);
                      }
                    }
                    p2[i] = sum;
                """,
                type.text(),
                kernel.size(0),
                geometry.strideHeight(),
                geometry.top(),
                geometry.dilationHeight(),
                image.size(1),
                kernel.size(1),
                geometry.strideWidth(),
                geometry.left(),
                geometry.dilationWidth(),
                image.size(2),
                type.function("fma"),
                image.size(3),
                Math.max(1, kernel.size(3)),
                output.size(3));
    return elements(call, statements);
  }

  private CudaChoice imageGradient(OpCall call) {
    String statements =
        Layouts.coordinates(image)
            + String.format(
                Locale.ROOT,
                """
                    %1$s sum = 0;
                    for (int r = 0; r < %2$d; r++) {
                      const I ty = y + %4$d - r * %5$d, oy = ty / %3$d;
                      if (ty < 0 || ty %% %3$d != 0 || oy >= %6$d) continue;
                      for (int q = 0; q < %7$d; q++) {
                        const I tx = x + %9$d - q * %10$d, ox = tx / %8$d;
                        if (tx < 0 || tx %% %8$d != 0 || ox >= %11$d) continue;
                        for (int k = 0; k < %14$d; k++) {
                          sum = %12$s(p0[(r * %7$d + q) * %15$d + c * %14$d + k], p1[((n * %6$d + oy) * %11$d + ox) * %15$d + c * %14$d + k], sum);
                        }
                      }
                    }
                    p2[i] = sum;
                """,
                type.text(),
                kernel.size(0),
                geometry.strideHeight(),
                geometry.top(),
                geometry.dilationHeight(),
                output.size(1),
                kernel.size(1),
                geometry.strideWidth(),
                geometry.left(),
                geometry.dilationWidth(),
                output.size(2),
                type.function("fma"),
                image.size(3),
                kernel.size(3),
                output.size(3));
    return elements(call, statements);
  }

  /** A thread for each weight and some rows of outputs; then the rows' sums are added up. */
  private CudaChoice kernelGradient(OpCall call) {
    long rows = output.size(0) * output.size(1);
    long strips = StripSums.strips(rows, kernel.length());
    String statements =
        String.format(
            Locale.ROOT,
            """
                const I w = i %% %1$d, strip = i / %1$d;
                const I c = w %% %2$d, q = w / %2$d %% %3$d, r = w / %4$d;
                %5$s sum = 0;
                for (I row = strip * %6$d; row < (strip + 1) * %6$d && row < %7$d; row++) {
                  const I n = row / %8$d, y = row %% %8$d, sy = y * %9$d - %10$d + r * %11$d;
                  if (sy < 0 || sy >= %12$d) continue;
                  for (I x = 0; x < %13$d; x++) {
                    const I sx = x * %14$d - %15$d + q * %16$d;
                    if (sx < 0 || sx >= %17$d) continue;
                    sum = %18$s(p0[((n * %12$d + sy) * %17$d + sx) * %19$d + c / %20$d], p1[(row * %13$d + x) * %2$d + c], sum);
                  }
                }
                p2[i] = sum;
            """,
            Math.max(1, kernel.length()),
            output.size(3),
            kernel.size(1),
            Math.max(1, kernel.size(1) * output.size(3)),
            type.text(),
            StripSums.height(rows, strips),
            rows,
            output.size(1),
            geometry.strideHeight(),
            geometry.top(),
            geometry.dilationHeight(),
            image.size(1),
            output.size(2),
            geometry.strideWidth(),
            geometry.left(),
            geometry.dilationWidth(),
            image.size(2),
            type.function("fma"),
            image.size(3),
            Math.max(1, kernel.size(3)));
    KernelText text =
        new KernelText(
            call.op().opName(),
            ImmutableList.of(type.input(), type.input(), type.output()),
            ElementLoop.over(
                strips * kernel.length(),
                Math.max(largest(), strips * kernel.length()),
                statements),
            Grid.over(strips * kernel.length()));
    return new StripSums(text, call.outputs().get(0).spec(), strips);
  }
}
