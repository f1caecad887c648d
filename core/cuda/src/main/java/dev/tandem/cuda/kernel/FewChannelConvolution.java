package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Once;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions from or to few channels with many on the other side, such as a generator's last or a
 * discriminator's first one: libraries leave most of a card idle there. The many channels lie side
 * by side in threads, and a thread computes some pixels of a row at once. Kernels lie as in the
 * API, and zeros around images are only thought.
 */
final class FewChannelConvolution {

  private static final long FEW = 4;
  private static final long MANY = 16;
  private static final long MOST_WEIGHTS = 32;
  private static final int WARPS = 8;
  private static final int MOST_BLOCKS = 1 << 16;

  private final ConvCall conv;
  private final CType type;
  private final boolean fewAreOut;
  private final long few;
  private final long many;

  private FewChannelConvolution(ConvCall conv) {
    this.conv = conv;
    this.type = Objects.requireNonNull(CType.of(conv.dtype()));
    long ins = conv.kernel().size(2);
    long outs = conv.kernel().size(3);
    this.fewAreOut = outs < ins;
    this.few = Math.min(ins, outs);
    this.many = Math.max(ins, outs);
  }

  /** The kernel for it, or null if a library is better. */
  static @Nullable CudaChoice of(ConvCall conv) {
    FewChannelConvolution way = new FewChannelConvolution(conv);
    if (way.few > FEW || way.many < MANY || conv.kernel().size(1) * way.few > MOST_WEIGHTS) {
      return null;
    }
    Shape results = conv.kind() == ConvolutionKind.IMAGE_GRADIENT ? conv.image() : conv.output();
    int across = FewChannelTaps.across(conv, results.size(2), way.few);
    if (across == 0) {
      return null;
    } else if (conv.kind() == ConvolutionKind.KERNEL_GRADIENT) {
      return way.kernelGradient(across);
    }
    boolean addsUp = way.fewAreOut == (conv.kind() == ConvolutionKind.OUTPUT);
    KernelText text = addsUp ? way.toFew(across) : way.toMany(across);
    // the image or the gradient comes first
    int kernel = conv.kind() == ConvolutionKind.OUTPUT ? 1 : 0;
    return places ->
        List.of(
            new Command.Launch(
                text,
                ImmutableList.of(places.in(1 - kernel), places.in(kernel), places.out()),
                ImmutableList.of(
                    way.source().length(), conv.kernel().length(), conv.result().length())));
  }

  private Shape source() {
    return conv.kind() == ConvolutionKind.OUTPUT ? conv.image() : conv.output();
  }

  private long largest() {
    return Math.max(
        Math.max(conv.image().length(), conv.output().length()), conv.kernel().length());
  }

  private ImmutableList<String> parameters() {
    return ImmutableList.of(type.input(), type.input(), type.output());
  }

  private String label(String direction) {
    return "conv2d_"
        + switch (conv.kind()) {
          case OUTPUT -> direction;
          case IMAGE_GRADIENT -> "image_gradient_" + direction;
          case KERNEL_GRADIENT -> "kernel_gradient_few";
        };
  }

  /** Where a weight lies: of row r and a column of the kernel, a few and the many channel m. */
  private String weight(Object column, Object few) {
    long columns = conv.kernel().size(1);
    long ins = conv.kernel().size(2);
    long outs = conv.kernel().size(3);
    return String.format(
        Locale.ROOT,
        "((r * %d + %s) * %d + %s) * %d + %s",
        columns,
        column,
        ins,
        fewAreOut ? "m" : few,
        outs,
        fewAreOut ? few : "m");
  }

  private String tile(long tilesAcross, long height, int across) {
    return String.format(
        Locale.ROOT,
        "      const I tx = tile %% %1$d * %2$d, ty = tile / %1$d %% %3$d, n = tile / %4$d;\n",
        tilesAcross,
        across,
        height,
        tilesAcross * height);
  }

  /** An element of the source, 0 outside; pixel j, from "begin" on. */
  private String pixel(int j, long channels, Object channel) {
    return String.format(
        Locale.ROOT,
        "begin + (%1$d) >= 0 && begin + (%1$d) < %2$d ? %3$s : (%4$s)0",
        j,
        source().size(2),
        read("p0", "at", j * channels, channel),
        type.text());
  }

  private String add(String sum, String a, String b) {
    return String.format(
        Locale.ROOT, "        %1$s = %2$s(%3$s, %4$s, %1$s);\n", sum, type.function("fma"), a, b);
  }

  /** A warp for some results side by side; its threads have the many channels of the source. */
  private KernelText toFew(int across) {
    FewChannelTaps taps = new FewChannelTaps(conv, across);
    Shape target = conv.result();
    long tilesAcross = (target.size(2) + across - 1) / across;
    long tiles = tilesAcross * target.size(1) * target.size(0);
    StringBuilder text = new StringBuilder();
    // a block's warps go round equally often
    text.append(
        String.format(
            Locale.ROOT,
            """
              typedef %1$s I;
              for (I first = (I)blockIdx.x * %2$d; first < %3$d; first += (I)gridDim.x * %2$d) {
                const I tile = first + (I)threadIdx.y;
            """,
            ElementLoop.index(Math.max(largest(), 32 * tiles)),
            WARPS,
            tiles));
    text.append(tile(tilesAcross, target.size(1), across));
    for (int result = 0; result < across; result++) {
      for (int f = 0; f < few; f++) {
        text.append(String.format(Locale.ROOT, "    %s a%d_%d = 0;\n", type.text(), result, f));
      }
    }
    text.append("    const I begin = ").append(taps.begin("tx")).append(";\n");
    text.append(
        String.format(
            Locale.ROOT,
            "    if (tile < %d)\n    for (int r = 0; r < %d; r++) {\n",
            tiles,
            conv.kernel().size(0)));
    text.append(taps.row("ty", source().size(1)));
    text.append(
        String.format(
            Locale.ROOT,
            "      const I at = ((n * %d + sy) * %d + begin) * %d;\n",
            source().size(1),
            source().size(2),
            many));
    text.append(
        String.format(Locale.ROOT, "      for (int m = threadIdx.x; m < %d; m += 32) {\n", many));
    for (int column : taps.columns()) {
      for (int f = 0; f < few; f++) {
        text.append(
            String.format(
                Locale.ROOT,
                "        const %s w%d_%d = p1[%s];\n",
                type.text(),
                column,
                f,
                weight(column, f)));
      }
    }
    for (Map.Entry<Integer, List<FewChannelTaps.Tap>> pixel : taps.pixels().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "        { const %s v = %s;\n",
              type.text(),
              pixel(pixel.getKey(), many, "m")));
      for (FewChannelTaps.Tap tap : pixel.getValue()) {
        for (int f = 0; f < few; f++) {
          text.append(add("a" + tap.result() + "_" + f, "v", "w" + tap.column() + "_" + f));
        }
      }
      text.append("        }\n");
    }
    text.append("      }\n    }\n");
    sumsOfWarps(text, target, across);
    text.append("  }\n");
    Grid grid = new Grid((int) Math.min(MOST_BLOCKS, (tiles + WARPS - 1) / WARPS), 1, 32, WARPS);
    return new KernelText(label("to_few"), parameters(), text.toString(), grid);
  }

  private void sumsOfWarps(StringBuilder text, Shape target, int across) {
    for (int result = 0; result < across; result++) {
      for (int f = 0; f < few; f++) {
        text.append(
            String.format(
                Locale.ROOT,
                "    for (int o = 16; o > 0; o /= 2) a%1$d_%2$d += __shfl_xor_sync(~0u, a%1$d_%2$d,"
                    + " o);\n",
                result,
                f));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            """
                if (threadIdx.x == 0 && tile < %d) {
                  const I to = ((n * %d + ty) * %d + tx) * %d;
            """,
            target.size(0) * target.size(1) * ((target.size(2) + across - 1) / across),
            target.size(1),
            target.size(2),
            few));
    for (int result = 0; result < across; result++) {
      text.append(String.format(Locale.ROOT, "      if (tx + %d < %d) {", result, target.size(2)));
      for (int f = 0; f < few; f++) {
        text.append(
            String.format(
                Locale.ROOT, " p2[to + %1$d] = a%2$d_%3$d;/*made*/", result * few + f, result, f));
      }
      text.append(" }\n");
    }
    text.append("    }\n");
  }

  /** A thread for some results side by side, in one of the many channels of the target. */
  private KernelText toMany(int across) {
    FewChannelTaps taps = new FewChannelTaps(conv, across);
    Shape target = conv.result();
    long tilesAcross = (target.size(2) + across - 1) / across;
    long threads = tilesAcross * target.size(1) * target.size(0) * many;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "      const I m = i %% %1$d, tile = i / %1$d;\n", many));
    text.append(tile(tilesAcross, target.size(1), across));
    for (int result = 0; result < across; result++) {
      text.append(String.format(Locale.ROOT, "    %s a%d = 0;\n", type.text(), result));
    }
    text.append("    const I begin = ").append(taps.begin("tx")).append(";\n");
    text.append(
        String.format(Locale.ROOT, "    for (int r = 0; r < %d; r++) {\n", conv.kernel().size(0)));
    text.append(taps.row("ty", source().size(1)));
    text.append(
        String.format(
            Locale.ROOT,
            "      const I at = ((n * %d + sy) * %d + begin) * %d;\n",
            source().size(1),
            source().size(2),
            few));
    text.append(String.format(Locale.ROOT, "      for (int f = 0; f < %d; f++) {\n", few));
    for (int column : taps.columns()) {
      text.append(
          String.format(
              Locale.ROOT,
              "        const %s w%d = p1[%s];\n",
              type.text(),
              column,
              weight(column, "f")));
    }
    for (Map.Entry<Integer, List<FewChannelTaps.Tap>> pixel : taps.pixels().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "        { const %s v = %s;\n",
              type.text(),
              pixel(pixel.getKey(), few, "f")));
      for (FewChannelTaps.Tap tap : pixel.getValue()) {
        text.append(add("a" + tap.result(), "v", "w" + tap.column()));
      }
      text.append("        }\n");
    }
    text.append("      }\n    }\n");
    text.append(
        String.format(
            Locale.ROOT,
            "    const I to = ((n * %d + ty) * %d + tx) * %d + m;\n",
            target.size(1),
            target.size(2),
            many));
    for (int result = 0; result < across; result++) {
      text.append(
          String.format(
              Locale.ROOT,
              "    if (tx + %1$d < %2$d) p2[to + %3$d] = a%1$d;/*made*/\n",
              result,
              target.size(2),
              result * many));
    }
    String loop = ElementLoop.over(threads, Math.max(largest(), threads), text.toString());
    return new KernelText(label("to_many"), parameters(), loop, Grid.over(threads));
  }

  /** A thread for a row of the kernel, a strip of outputs and one of the many channels. */
  private CudaChoice kernelGradient(int across) {
    long rows = conv.output().size(0) * conv.output().size(1);
    long height = conv.kernel().size(0);
    long strips = StripSums.strips(rows, height * many);
    long threads = strips * height * many;
    long width = conv.output().size(2);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "    const I m = i %% %1$d, r = i / %1$d %% %2$d, strip = i / %3$d;\n",
            many,
            height,
            many * height));
    for (int column = 0; column < conv.kernel().size(1); column++) {
      for (int f = 0; f < few; f++) {
        text.append(String.format(Locale.ROOT, "    %s a%d_%d = 0;\n", type.text(), column, f));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "    for (I row = strip * %1$d; row < (strip + 1) * %1$d && row < %2$d; row++) {\n",
            StripSums.height(rows, strips),
            rows));
    text.append(
        String.format(
            Locale.ROOT,
            "      const I n = row / %1$d, y = row %% %1$d;\n",
            conv.output().size(1)));
    text.append(new FewChannelTaps(conv, across).row("y", conv.image().size(1)));
    if (width >= across) {
      text.append(
          String.format(
              Locale.ROOT, "      for (I x = 0; x + %1$d <= %2$d; x += %1$d) {\n", across, width));
      meetings(text, across);
      text.append("      }\n");
    }
    int rest = (int) (width % across);
    if (rest > 0) {
      text.append(String.format(Locale.ROOT, "      {\n        const I x = %d;\n", width - rest));
      meetings(text, rest);
      text.append("      }\n");
    }
    text.append("    }\n");
    for (int column = 0; column < conv.kernel().size(1); column++) {
      for (int f = 0; f < few; f++) {
        text.append(
            String.format(
                Locale.ROOT,
                "    p2[strip * %1$d + %2$s] = a%3$d_%4$d;\n",
                conv.kernel().length(),
                weight(column, f),
                column,
                f));
      }
    }
    long biggest = Math.max(largest(), strips * conv.kernel().length());
    String loop = ElementLoop.over(threads, biggest, text.toString());
    KernelText first = new KernelText(label(""), parameters(), loop, Grid.over(threads));
    return new StripSums(first, new TensorSpec(conv.kernel(), conv.dtype()), strips);
  }

  /** Some outputs side by side from column x on, and the pixels that they saw. */
  private void meetings(StringBuilder text, int across) {
    FewChannelTaps taps = new FewChannelTaps(conv, across);
    long ins = conv.kernel().size(2);
    long outs = conv.kernel().size(3);
    text.append("        const I begin = ").append(taps.begin("x")).append(";\n");
    text.append(
        String.format(
            Locale.ROOT,
            "        const I at = ((n * %d + sy) * %d + begin) * %d, to = (row * %d + x) * %d;\n",
            conv.image().size(1),
            conv.image().size(2),
            ins,
            conv.output().size(2),
            outs));
    for (int result = 0; result < across; result++) {
      for (int f = 0; f < (fewAreOut ? few : 1); f++) {
        text.append(
            String.format(
                Locale.ROOT,
                "        const %s g%d_%d = %s;\n",
                type.text(),
                result,
                f,
                read("p1", "to", result * outs, fewAreOut ? f : "m")));
      }
    }
    for (Map.Entry<Integer, List<FewChannelTaps.Tap>> pixel : taps.pixels().entrySet()) {
      for (int c = 0; c < (fewAreOut ? 1 : few); c++) {
        text.append(
            String.format(
                Locale.ROOT,
                "        if (begin + (%1$d) >= 0 && begin + (%1$d) < %2$d) { const %3$s v ="
                    + " %4$s;\n",
                pixel.getKey(),
                conv.image().size(2),
                type.text(),
                read("p0", "at", pixel.getKey() * ins, fewAreOut ? "m" : c)));
        for (FewChannelTaps.Tap tap : pixel.getValue()) {
          for (int f = 0; f < (fewAreOut ? few : 1); f++) {
            String sum = "a" + tap.column() + "_" + (fewAreOut ? f : c);
            text.append(add(sum, "v", "g" + tap.result() + "_" + f));
          }
        }
        text.append("        }\n");
      }
    }
  }

  /** An element; where the many channels lie, each has threads of its own. */
  private static String read(String pointer, String from, long offset, Object channel) {
    String index = String.format(Locale.ROOT, "%s + (%d) + %s", from, offset, channel);
    return channel.equals("m") ? Once.read(pointer, index) : pointer + "[" + index + "]";
  }
}
