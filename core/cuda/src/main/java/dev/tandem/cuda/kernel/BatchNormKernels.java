package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.ColumnText;
import dev.tandem.cuda.text.Combination;
import dev.tandem.cuda.text.Fusion;
import java.util.Locale;

/**
 * Batch normalization and its gradient: one launch where a block can go over all of a channel, else
 * one for the statistics of stretches and one that combines them and writes.
 */
final class BatchNormKernels {

  private BatchNormKernels() {}

  private static ColumnText columns(Value x) {
    long channels = x.shape().size(-1);
    return ColumnText.of(x.shape().length() / channels, channels);
  }

  /** A number for each part of each channel. */
  static TensorSpec parts(Value x, ColumnText text) {
    return x.spec().withShape(Shape.of(text.parts(), text.columns()));
  }

  /** Statements for one thread of each channel of the block. */
  private static String once(ColumnText text, String condition, String statements) {
    return String.format(
        Locale.ROOT,
        "  if (y == 0 && c < %dLL%s) {\n%s  }\n",
        text.columns(),
        condition,
        statements);
  }

  /** A number of the channel, from an input of the call. */
  private static String ofChannel(
      Fusion fusion, OpCall call, int input, CType type, ColumnText text, StringBuilder body) {
    String number = fusion.element(call.inputs().get(input), call, "c");
    String name = "channel" + input;
    body.append(
        String.format(
            Locale.ROOT, "  %s %s = 0;\n  if (c < %dLL) {\n", type.text(), name, text.columns()));
    body.append(fusion.take())
        .append(String.format(Locale.ROOT, "    %s = %s;\n  }\n", name, number));
    return name;
  }

  /** Means and squares of what is around them are taken in two passes over a stretch. */
  static CudaChoice forward(OpCall call, UseCounts uses, CType type, double epsilon) {
    Value x = call.inputs().get(0);
    ColumnText text = columns(x);
    Launches.Builder launches = new Launches.Builder(call, uses);
    boolean alone = text.parts() == 1;
    Fusion fusion = launches.fusion();
    String value = fusion.element(x, call, "i");
    String load = fusion.take();
    StringBuilder moments = new StringBuilder(text.begin());
    String number = type.text();
    moments.append(text.all(type, Combination.SUM, "sum", load, value));
    moments.append(
        String.format(
            Locale.ROOT, "  const %s near = sum / (%s)(last - first);\n", number, number));
    String square = String.format(Locale.ROOT, "(%s - near) * (%s - near)", value, value);
    moments.append(text.all(type, Combination.SUM, "squares", load, square));
    StringBuilder body = new StringBuilder();
    if (alone) {
      body.append(moments);
      body.append(
          String.format(
              Locale.ROOT,
              "  const %s mean = near, variance = squares / %s;\n",
              number,
              type.number(text.rows())));
    } else {
      String at = String.format(Locale.ROOT, "blockIdx.y * %d + c", text.columns());
      String keep =
          String.format(
              Locale.ROOT, "    scratch0[%s] = near;\n    scratch1[%s] = squares;\n", at, at);
      launches
          .scratch(0, parts(x, text))
          .scratch(1, parts(x, text))
          .launch("batch_norm_moments", fusion, moments + once(text, "", keep), text.grid());
      fusion = launches.fusion();
      value = fusion.element(x, call, "i");
      load = fusion.take();
      body.append(text.begin());
      body.append(text.allParts("all_sum", "rows * scratch0[at]"));
      body.append(
          String.format(Locale.ROOT, "  const double middle = all_sum / %d;\n", text.rows()));
      body.append(
          text.allParts(
              "all_squares",
              "scratch1[at] + rows * (scratch0[at] - middle) * (scratch0[at] - middle)"));
      body.append(
          String.format(
              Locale.ROOT,
              "  const %s mean = (%s)middle, variance = (%s)(all_squares / %d);\n",
              number,
              number,
              number,
              text.rows()));
      launches.scratch(0, parts(x, text)).scratch(1, parts(x, text));
    }
    String gamma = ofChannel(fusion, call, 1, type, text, body);
    String beta = ofChannel(fusion, call, 2, type, text, body);
    body.append(
        String.format(
            Locale.ROOT,
            "  const %s factor = %s / %s(variance + %s);\n",
            number,
            gamma,
            type.function("sqrt"),
            type.number(epsilon)));
    body.append(
        text.each(
            load
                + String.format(
                    Locale.ROOT, "    out0[i] = (%s - mean) * factor + %s;\n", value, beta)));
    String statistics = "    out1[c] = mean;\n    out2[c] = variance;\n";
    body.append(once(text, " && blockIdx.y == 0", statistics));
    return launches
        .out(0)
        .out(1)
        .out(2)
        .launch("batch_norm", fusion, body.toString(), text.grid())
        .build();
  }

  static CudaChoice gradient(OpCall call, UseCounts uses, CType type, double epsilon) {
    Value x = call.inputs().get(0);
    ColumnText text = columns(x);
    Launches.Builder launches = new Launches.Builder(call, uses);
    boolean alone = text.parts() == 1;
    Fusion fusion = launches.fusion();
    StringBuilder body = new StringBuilder(text.begin());
    String mean = ofChannel(fusion, call, 2, type, text, body);
    String value = fusion.element(x, call, "i");
    String g = fusion.element(call.inputs().get(4), call, "i");
    String load = fusion.take();
    String product = String.format(Locale.ROOT, "%s * (%s - %s)", g, value, mean);
    body.append(text.all(type, Combination.SUM, "sum", load, g));
    body.append(text.all(type, Combination.SUM, "products", load, product));
    if (!alone) {
      String at = String.format(Locale.ROOT, "blockIdx.y * %d + c", text.columns());
      String keep =
          String.format(
              Locale.ROOT, "    scratch0[%s] = sum;\n    scratch1[%s] = products;\n", at, at);
      body.append(once(text, "", keep));
      launches
          .scratch(0, parts(x, text))
          .scratch(1, parts(x, text))
          .launch("batch_norm_gradient_sums", fusion, body.toString(), text.grid());
      fusion = launches.fusion();
      body = new StringBuilder(text.begin());
      mean = ofChannel(fusion, call, 2, type, text, body);
      value = fusion.element(x, call, "i");
      g = fusion.element(call.inputs().get(4), call, "i");
      load = fusion.take();
      body.append(text.allParts("sum", "scratch0[at]"));
      body.append(text.allParts("products", "scratch1[at]"));
      launches.scratch(0, parts(x, text)).scratch(1, parts(x, text));
    }
    String gamma = ofChannel(fusion, call, 1, type, text, body);
    String variance = ofChannel(fusion, call, 3, type, text, body);
    body.append(
        String.format(
            Locale.ROOT,
            """
              const %1$s inverse = %2$s / %3$s(%4$s + %5$s);
              const %1$s g_beta = (%1$s)sum, g_gamma = (%1$s)products * inverse;
              const %1$s factor = %6$s * inverse;
              const %1$s slope = factor * inverse * g_gamma / %7$s, offset = factor * g_beta / %7$s;
            """,
            type.text(),
            type.number(1),
            type.function("sqrt"),
            variance,
            type.number(epsilon),
            gamma,
            type.number(text.rows())));
    body.append(
        text.each(
            load
                + String.format(
                    Locale.ROOT,
                    "    out0[i] = %s * factor - offset - (%s - %s) * slope;\n",
                    g,
                    value,
                    mean)));
    body.append(
        once(text, " && blockIdx.y == 0", "    out1[c] = g_gamma;\n    out2[c] = g_beta;\n"));
    return launches
        .out(0)
        .out(1)
        .out(2)
        .launch("batch_norm_gradient", fusion, body.toString(), text.grid())
        .build();
  }
}
