package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import java.util.List;

/** A choice that runs a whole chain. */
abstract class Chained implements HostKernelChoice {

  final Dnnl dnnl;
  final Chain chain;

  Chained(Dnnl dnnl, Chain chain) {
    this.dnnl = dnnl;
    this.chain = chain;
  }

  @Override
  public final String label(OpCall call) {
    return chain.label();
  }

  @Override
  public final List<Value> inputs(OpCall call) {
    return chain.inputs();
  }
}
