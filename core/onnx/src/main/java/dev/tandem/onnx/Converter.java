package dev.tandem.onnx;

import dev.tandem.core.op.OpCall;

/** The way of one kind of op into ONNX. */
interface Converter {

  /** Writes the nodes of a call, and says which tensors its outputs are. */
  void write(OpCall call, NetWriter net);
}
