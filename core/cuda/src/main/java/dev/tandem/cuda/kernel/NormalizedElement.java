package dev.tandem.cuda.kernel;

import dev.tandem.core.op.OpCall;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import java.util.Locale;

/**
 * The normalized element at "i" and the gradient that arrives there, in kernels of a gradient whose
 * call reads (input, gamma, mean, variance, gradient).
 *
 * @param gradient an expression
 * @param statements declare "inverse", one over the standard deviation, and "normal"; what the
 *     fusion computes for them comes before
 */
record NormalizedElement(String gradient, String statements) {

  /**
   * Asks a fusion for what is read.
   *
   * @param set the index of the elements that share a mean and a variance, as "n" of a row
   */
  static NormalizedElement of(Fusion fusion, OpCall call, CType type, double epsilon, String set) {
    String value = fusion.element(call.inputs().get(0), call, "i");
    String gradient = fusion.element(call.inputs().get(4), call, "i");
    String mean = fusion.element(call.inputs().get(2), call, set);
    String variance = fusion.element(call.inputs().get(3), call, set);
    String statements =
        String.format(
            Locale.ROOT,
            "    const %1$s inverse = %2$s / %3$s(%4$s + %5$s), normal = (%6$s - %7$s) *"
                + " inverse;\n",
            type.text(),
            type.number(1),
            type.function("sqrt"),
            variance,
            type.number(epsilon),
            value,
            mean);
    return new NormalizedElement(gradient, statements);
  }
}
