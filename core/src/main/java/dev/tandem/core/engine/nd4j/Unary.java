package dev.tandem.core.engine.nd4j;

import java.util.function.BiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;

/** Functions of one number that are native ops of the legacy kind. */
final class Unary {

  static final Rule ABS = rule(Abs::new);
  static final Rule ERF = rule(Erf::new);
  static final Rule EXP = rule(Exp::new);
  static final Rule LOG = rule(Log::new);
  static final Rule LOG1P = rule(Log1p::new);
  static final Rule SIGN = rule(Sign::new);
  static final Rule SQRT = rule(Sqrt::new);
  static final Rule SQUARE = rule(Square::new);

  private Unary() {}

  private static Rule rule(BiFunction<INDArray, INDArray, Op> op) {
    return (call, uses) -> Choice.of(b -> Native.legacy(op.apply(b.in(0), b.out()))).sharing(0, 0);
  }
}
