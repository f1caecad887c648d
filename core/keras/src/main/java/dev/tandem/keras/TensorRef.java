package dev.tandem.keras;

/**
 * A tensor in the configuration of a model.
 *
 * @param layer the name of the layer that it comes from
 * @param call the number of that layer's call
 * @param output the number of the output of that call
 */
record TensorRef(String layer, int call, int output) {

  @Override
  public String toString() {
    return "output " + output + " of call " + call + " of \"" + layer + "\"";
  }
}
