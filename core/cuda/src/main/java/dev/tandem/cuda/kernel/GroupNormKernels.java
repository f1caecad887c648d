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
import dev.tandem.cuda.text.GroupText;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Group and instance normalization, a block for neighboring groups of a sample: one launch. The
 * gradient: sums of each channel of each sample, their sums over samples, and what they leave of
 * the gradient at x.
 */
final class GroupNormKernels {

  private GroupNormKernels() {}

  private static GroupText text(Value x, int groups) {
    long samples = x.shape().size(0);
    long channels = x.shape().size(-1);
    return GroupText.of(
        samples,
        x.shape().length() / samples / channels,
        channels,
        Math.toIntExact(channels / groups));
  }

  /** Where the number of a channel lies in (channels) or (batch, channels). */
  private static String place(Value gamma) {
    return gamma.shape().rank() == 1 ? "c" : "own";
  }

  /** Mean and squares around it, in two passes. */
  static CudaChoice forward(OpCall call, UseCounts uses, CType type, int groups, double epsilon) {
    Value x = call.inputs().get(0);
    Value gamma = call.inputs().get(1);
    GroupText text = text(x, groups);
    Launches.Builder launches = new Launches.Builder(call, uses);
    Fusion fusion = launches.fusion();
    String value = fusion.element(x, call, "i");
    String load = fusion.take();
    String scale = fusion.element(gamma, call, place(gamma));
    String shift = fusion.element(call.inputs().get(2), call, place(gamma));
    String ofChannel = fusion.take();
    String count = type.number((double) text.places() * text.inGroup());
    String square = String.format(Locale.ROOT, "(%s - mean) * (%s - mean)", value, value);
    String written =
        String.format(
            Locale.ROOT, "    out0[i] = (%s - mean) * inverse * %s + %s;\n", value, scale, shift);
    String body =
        text.begin()
            + text.all(type, "sum", load, value)
            + String.format(Locale.ROOT, "  const %s mean = sum / %s;\n", type.text(), count)
            + text.all(type, "squares", load, square)
            + String.format(
                Locale.ROOT,
                "  const %1$s variance = squares / %2$s, inverse = %3$s / %4$s(variance + %5$s);\n",
                type.text(),
                count,
                type.number(1),
                type.function("sqrt"),
                type.number(epsilon))
            + text.each(load + ofChannel + written)
            + text.once("    out1[group] = mean;\n    out2[group] = variance;\n");
    return launches.out(0).out(1).out(2).launch("group_norm", fusion, body, text.grid()).build();
  }

  static CudaChoice gradient(OpCall call, UseCounts uses, CType type, int groups, double epsilon) {
    Value x = call.inputs().get(0);
    Value gamma = call.inputs().get(1);
    GroupText text = text(x, groups);
    TensorSpec sums = x.spec().withShape(Shape.of(text.samples(), text.channels()));
    Launches.Builder launches = new Launches.Builder(call, uses);

    Fusion fusion = launches.fusion();
    NormalizedElement normal = NormalizedElement.of(fusion, call, type, epsilon, "group");
    String load = fusion.take() + normal.statements();
    TreeMap<String, String> summed = new TreeMap<>();
    summed.put("sum", normal.gradient());
    summed.put("products", normal.gradient() + " * normal");
    String kept = "    scratch0[own] = products;\n    scratch1[own] = sum;\n";
    String body = text.begin() + text.ofChannels(type, load, summed, kept);
    launches.scratch(0, sums).scratch(1, sums);
    launches.launch("group_norm_gradient_sums", fusion, body, text.grid());

    long rows = gamma.shape().rank() == 1 ? text.samples() : 1;
    ColumnText column = ColumnText.whole(rows, gamma.shape().length());
    String overSamples =
        column.begin()
            + column.all(type, Combination.SUM, "products", "", "scratch0[i]")
            + column.all(type, Combination.SUM, "sum", "", "scratch1[i]")
            + String.format(
                Locale.ROOT,
                "  if (y == 0 && c < %dLL) {\n    out1[c] = products;\n    out2[c] = sum;\n  }\n",
                column.columns());
    launches.scratch(0, sums).scratch(1, sums).out(1).out(2);
    launches.launch("group_norm_gradient_weights", launches.fusion(), overSamples, column.grid());

    Fusion last = launches.fusion();
    NormalizedElement again = NormalizedElement.of(last, call, type, epsilon, "group");
    String loadAgain = last.take() + again.statements();
    String scale = last.element(gamma, call, place(gamma));
    String ofChannel = last.take();
    String count = type.number((double) text.places() * text.inGroup());
    String written =
        String.format(
            Locale.ROOT,
            "    out0[i] = (%s * %s - all / %s - normal * (along / %s)) * inverse;\n",
            again.gradient(),
            scale,
            count,
            count);
    String whole =
        text.begin()
            + text.allChannels(type, "all", ofChannel, scale + " * scratch1[own]")
            + text.allChannels(type, "along", ofChannel, scale + " * scratch0[own]")
            + text.each(loadAgain + ofChannel + written);
    launches.scratch(0, sums).scratch(1, sums).out(0);
    return launches.launch("group_norm_gradient", last, whole, text.grid()).build();
  }
}
