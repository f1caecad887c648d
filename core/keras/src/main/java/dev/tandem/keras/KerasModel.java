package dev.tandem.keras;

import dev.tandem.core.model.Model;

/** A model that was read from a file of Keras, and a report of what became of what. */
public final class KerasModel {

  private final Model model;
  private final KerasReport report;

  KerasModel(Model model, KerasReport report) {
    this.model = model;
    this.report = report;
  }

  /**
   * The model, with the names, weights and flags of the file. It is a model like any other: nothing
   * ties it to Keras.
   */
  public Model model() {
    return model;
  }

  /** What became of each layer, and in what it differs from Keras. */
  public KerasReport report() {
    return report;
  }

  @Override
  public String toString() {
    return model + " from " + report.file();
  }
}
