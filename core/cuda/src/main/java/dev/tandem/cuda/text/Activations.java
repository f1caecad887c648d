package dev.tandem.cuda.text;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.activation.Elu;
import dev.tandem.core.op.activation.EluGradient;
import dev.tandem.core.op.activation.Gelu;
import dev.tandem.core.op.activation.GeluGradient;
import dev.tandem.core.op.activation.GeluTanh;
import dev.tandem.core.op.activation.GeluTanhGradient;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.activation.Relu;
import dev.tandem.core.op.activation.ReluGradient;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.SigmoidGradient;
import dev.tandem.core.op.activation.Softplus;
import dev.tandem.core.op.activation.Swish;
import dev.tandem.core.op.activation.SwishGradient;
import dev.tandem.core.op.activation.Tanh;
import dev.tandem.core.op.activation.TanhGradient;
import dev.tandem.core.op.loss.SigmoidCrossEntropy;
import dev.tandem.cuda.text.Expressions.Rule;

/**
 * Activations with their gradients as expressions. Masks are factors, as in the ops' parts, so that
 * a gradient that is NaN or infinite passes them as it does there.
 */
final class Activations {

  private static final String SOFTPLUS = "($a < 0 ? $0 : $a) + log1p$f(exp$f(-fabs$f($a)))";

  static final ImmutableMap<Object, Rule> RULES =
      ImmutableMap.<Object, Rule>builder()
          .put(Relu.class, Expressions.of("$a < 0 ? $0 : $a"))
          .put(ReluGradient.class, Expressions.of("$a * ($b > 0 ? $1 : $0)"))
          .put(
              LeakyRelu.class,
              Expressions.of(
                  "$a > $a * #0 || $a != $a ? $a : $a * #0", op -> ((LeakyRelu) op).slope()))
          .put(
              LeakyReluGradient.class,
              Expressions.of("$a * ($b > 0 ? $1 : #0)", op -> ((LeakyReluGradient) op).slope()))
          .put(
              Elu.class, Expressions.of("$a > 0 ? $a : #0 * expm1$f($a)", op -> ((Elu) op).alpha()))
          .put(
              EluGradient.class,
              (call, type, x) ->
                  Expressions.of(
                          ((EluGradient) call.op()).rightAtZero()
                              ? "$b >= 0 ? $a : $a * (#0 * exp$f($b))"
                              : "$b > 0 ? $a : $a * (#0 * exp$f($b))",
                          op -> ((EluGradient) op).alpha())
                      .text(call, type, x))
          .put(Sigmoid.class, Expressions.of("$1 / ($1 + exp$f(-$a))"))
          .put(SigmoidGradient.class, Expressions.of("$a * ($b * ($1 - $b))"))
          .put(Tanh.class, Expressions.of("tanh$f($a)"))
          .put(TanhGradient.class, Expressions.of("$a * ($1 - $b * $b)"))
          .put(Softplus.class, Expressions.of(SOFTPLUS))
          .put(SigmoidCrossEntropy.class, Expressions.of(SOFTPLUS + " - $a * $b"))
          .put(Swish.class, Expressions.of("$a / ($1 + exp$f(-$a))"))
          .put(
              Gelu.class,
              Expressions.of("#0 * $a * (erf$f($a * #1) + $1)", op -> 0.5, op -> Math.sqrt(0.5)))
          .put(
              GeluTanh.class,
              Expressions.of(
                  "#0 * $a * (tanh$f(($a + $a * ($a * $a) * #1) * #2) + $1)",
                  op -> 0.5,
                  op -> 0.044715,
                  op -> Math.sqrt(2 / Math.PI)))
          .put(
              SwishGradient.class,
              Expressions.of(
                  "$a * ($1 / ($1 + exp$f(-$b))) * ($1 + $b * ($1 - $1 / ($1 + exp$f(-$b))))"))
          .put(
              GeluGradient.class,
              Expressions.of(
                  "$a * (#0 * (erf$f($b * #1) + $1) + $b * (#2 * exp$f(($b * $b) * #3)))",
                  op -> 0.5,
                  op -> Math.sqrt(0.5),
                  op -> 1 / Math.sqrt(2 * Math.PI),
                  op -> -0.5))
          .put(
              GeluTanhGradient.class,
              Expressions.of(
                  "$a * (#0 * ($1 + tanh$f(($b + $b * ($b * $b) * #1) * #2) + $b * (($1 -"
                      + " tanh$f(($b + $b * ($b * $b) * #1) * #2) * tanh$f(($b + $b * ($b * $b)"
                      + " * #1) * #2)) * (#2 * ($1 + $b * $b * #3)))))",
                  op -> 0.5,
                  op -> 0.044715,
                  op -> Math.sqrt(2 / Math.PI),
                  op -> 3 * 0.044715))
          .buildOrThrow();

  private Activations() {}
}
