package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.ColumnText;
import dev.tandem.cuda.text.Combination;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.RowText;
import java.util.Locale;

/** Layer normalization, a team of threads for each row, and its gradient. */
final class LayerNormKernels {

  private LayerNormKernels() {}

  /** Mean and squares around it, in two passes over a row. */
  static CudaChoice forward(OpCall call, UseCounts uses, CType type, double epsilon) {
    Value x = call.inputs().get(0);
    long size = x.shape().size(-1);
    RowText row = RowText.of(x.shape().length() / size, size);
    Launches.Builder launches = new Launches.Builder(call, uses);
    Fusion fusion = launches.fusion();
    String number = type.text();
    String value = fusion.element(x, call, "i");
    String load = fusion.take();
    StringBuilder body = new StringBuilder(row.begin());
    body.append(row.all(type, Combination.SUM, "sum", load, value));
    body.append(
        String.format(Locale.ROOT, "  const %s mean = sum / %s;\n", number, type.number(size)));
    String square = String.format(Locale.ROOT, "(%s - mean) * (%s - mean)", value, value);
    body.append(row.all(type, Combination.SUM, "squares", load, square));
    body.append(
        String.format(
            Locale.ROOT, "  const %s variance = squares / %s;\n", number, type.number(size)));
    body.append(
        String.format(
            Locale.ROOT,
            "  const %s inverse = %s / %s(variance + %s);\n",
            number,
            type.number(1),
            type.function("sqrt"),
            type.number(epsilon)));
    String gamma = fusion.element(call.inputs().get(1), call, "k");
    String beta = fusion.element(call.inputs().get(2), call, "k");
    body.append(
        row.each(
            load
                + fusion.take()
                + String.format(
                    Locale.ROOT,
                    "    out0[i] = (%s - mean) * inverse * %s + %s;\n",
                    value,
                    gamma,
                    beta)));
    body.append(
        String.format(
            Locale.ROOT,
            "  if (y == 0 && n < %dLL) {\n    out1[n] = mean;\n    out2[n] = variance;\n  }\n",
            row.rows()));
    return launches
        .out(0)
        .out(1)
        .out(2)
        .launch("layer_norm", fusion, body.toString(), row.grid())
        .build();
  }

  /** First what is summed over rows, so that the last kernel may write where it reads. */
  static CudaChoice gradient(OpCall call, UseCounts uses, CType type, double epsilon) {
    Launches.Builder launches = new Launches.Builder(call, uses);
    sums(launches, call, type, epsilon);
    Value x = call.inputs().get(0);
    long size = x.shape().size(-1);
    RowText row = RowText.of(x.shape().length() / size, size);
    Fusion fusion = launches.fusion();
    NormalizedElement normal = NormalizedElement.of(fusion, call, type, epsilon, "n");
    String gamma = fusion.element(call.inputs().get(1), call, "k");
    String load = fusion.take() + normal.statements();
    String h = String.format(Locale.ROOT, "(%s * %s)", normal.gradient(), gamma);
    StringBuilder body = new StringBuilder(row.begin());
    body.append(row.all(type, Combination.SUM, "sum", load, h));
    body.append(row.all(type, Combination.SUM, "products", load, h + " * normal"));
    body.append(
        row.each(
            load
                + String.format(
                    Locale.ROOT,
                    "    out0[i] = (%s - sum / %s - normal * (products / %s)) * inverse;\n",
                    h,
                    type.number(size),
                    type.number(size))));
    return launches
        .out(0)
        .launch("layer_norm_gradient", fusion, body.toString(), row.grid())
        .build();
  }

  /** The gradients at gamma and beta. */
  private static void sums(Launches.Builder launches, OpCall call, CType type, double epsilon) {
    Value x = call.inputs().get(0);
    long size = x.shape().size(-1);
    ColumnText text = ColumnText.of(x.shape().length() / size, size);
    Fusion fusion = launches.fusion();
    NormalizedElement normal = NormalizedElement.of(fusion, call, type, epsilon, "n");
    String load = fusion.take() + normal.statements();
    StringBuilder body = new StringBuilder(text.begin());
    body.append(text.all(type, Combination.SUM, "sum", load, normal.gradient()));
    body.append(text.all(type, Combination.SUM, "products", load, normal.gradient() + " * normal"));
    String once = "  if (y == 0 && c < %dLL) {\n    %s = products;\n    %s = sum;\n  }\n";
    if (text.parts() == 1) {
      body.append(String.format(Locale.ROOT, once, size, "out1[c]", "out2[c]"));
      launches.out(1).out(2);
      launches.launch("layer_norm_gradient_sums", fusion, body.toString(), text.grid());
      return;
    }
    String at = String.format(Locale.ROOT, "[blockIdx.y * %d + c]", size);
    body.append(String.format(Locale.ROOT, once, size, "scratch0" + at, "scratch1" + at));
    TensorSpec parts = BatchNormKernels.parts(x, text);
    launches.scratch(0, parts).scratch(1, parts);
    launches.launch("layer_norm_gradient_parts", fusion, body.toString(), text.grid());
    ColumnText rest = ColumnText.whole(text.parts(), size);
    String whole =
        rest.begin()
            + rest.all(type, Combination.SUM, "products", "", "scratch0[i]")
            + rest.all(type, Combination.SUM, "sum", "", "scratch1[i]")
            + String.format(Locale.ROOT, once, size, "out1[c]", "out2[c]");
    launches.scratch(0, parts).scratch(1, parts).out(1).out(2);
    launches.launch("layer_norm_gradient_sums", launches.fusion(), whole, rest.grid());
  }
}
