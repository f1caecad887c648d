package dev.tandem.onnx;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.Read;
import java.util.Optional;

/** The ways into ONNX by kind of op. */
final class Converters {

  private static final ImmutableMap<Object, Converter> ALL = all();

  private Converters() {}

  private static ImmutableMap<Object, Converter> all() {
    ImmutableMap.Builder<Object, Converter> all = ImmutableMap.builder();
    Elementwise.register(all);
    Rearranged.register(all);
    Images.register(all);
    Norms.register(all);
    all.put(Feed.class, (call, net) -> net.put(call.outputs().get(0), ((Feed) call.op()).label()));
    return all.buildOrThrow();
  }

  /** The way of a call into ONNX, if there is one. */
  static Optional<Converter> of(OpCall call) {
    return Optional.ofNullable(ALL.get(call.op().kind()));
  }

  /** Whether a composite has a form of its own; others become their parts. */
  static boolean keeps(OpCall call) {
    return call.op() instanceof Composite && of(call).isPresent();
  }

  /** Whether a file can hold a call. */
  static boolean knows(OpCall call) {
    return of(call).isPresent()
        || call.op() instanceof Read
        || call.op() instanceof Constant
        || !(call.op() instanceof Primitive);
  }
}
