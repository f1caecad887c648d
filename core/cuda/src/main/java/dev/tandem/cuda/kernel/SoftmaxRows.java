package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Combination;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.RowText;
import java.util.Locale;
import java.util.Objects;

/** Softmax, its logarithm, and the cross entropy under it: a team of threads for each row. */
final class SoftmaxRows {

  private SoftmaxRows() {}

  static CudaChoice of(OpCall call, UseCounts uses) {
    Value x = call.inputs().get(0);
    CType type = Objects.requireNonNull(CType.of(x.dtype()));
    Shape shape = x.shape();
    long length = shape.rank() == 0 ? 1 : shape.size(-1);
    RowText row = RowText.of(shape.length() / Math.max(1, length), length);
    Launches.Builder launches = new Launches.Builder(call, uses);
    Fusion fusion = launches.fusion();
    String value = fusion.element(x, call, "i");
    String load = fusion.take();
    StringBuilder body = new StringBuilder(row.begin());
    body.append(row.all(type, Combination.MAX, "most", load, value));
    String power = String.format(Locale.ROOT, "%s(%s - most)", type.function("exp"), value);
    body.append(row.all(type, Combination.SUM, "sum", load, power));
    if (call.op() instanceof Softmax) {
      body.append(row.each(load + String.format(Locale.ROOT, "    out0[i] = %s / sum;\n", power)));
    } else {
      body.append(
          String.format(
              Locale.ROOT, "  const %s log_sum = %s(sum);\n", type.text(), type.function("log")));
      String log = String.format(Locale.ROOT, "(%s - most - log_sum)", value);
      if (call.op() instanceof LogSoftmax) {
        body.append(row.each(load + String.format(Locale.ROOT, "    out0[i] = %s;\n", log)));
      } else {
        String target = fusion.element(call.inputs().get(1), call, "i");
        String both = load + fusion.take();
        body.append(row.all(type, Combination.SUM, "loss", both, target + " * " + log));
        body.append(
            String.format(Locale.ROOT, "  if (y == 0 && n < %dLL) out0[n] = -loss;\n", row.rows()));
      }
    }
    return launches.out(0).launch(call.op().opName(), fusion, body.toString(), row.grid()).build();
  }
}
