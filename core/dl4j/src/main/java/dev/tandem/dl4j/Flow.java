package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;

/**
 * A tensor on its way through the net.
 *
 * @param form what it is to DL4J
 * @param atLeastZero whether it is known to hold no negative number
 */
record Flow(SymbolicTensor tensor, Form form, boolean atLeastZero) {

  static Flow of(SymbolicTensor tensor, Form form) {
    return new Flow(tensor, form, false);
  }

  Flow with(SymbolicTensor other) {
    return new Flow(other, form, false);
  }

  Flow as(Form other) {
    return new Flow(tensor, other, atLeastZero);
  }

  int size(int axis) {
    return Math.toIntExact(tensor.spec().shape().size(axis));
  }
}
