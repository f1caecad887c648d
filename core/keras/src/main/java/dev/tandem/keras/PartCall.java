package dev.tandem.keras;

import java.util.List;

/**
 * A call of a layer or model in the configuration of a model.
 *
 * @param part what is called
 * @param inputs what it is called on
 * @param form how it is called
 */
record PartCall(Part part, List<TensorRef> inputs, CallForm form) {}
