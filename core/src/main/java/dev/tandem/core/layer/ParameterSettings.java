package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.regularizer.Regularizer;

/**
 * The settings of a parameter.
 *
 * @param name the parameter's
 * @param initializer its first values
 * @param regularizer a penalty on it
 */
record ParameterSettings(
    String name, Setting<Initializer> initializer, Setting<Regularizer> regularizer) {

  /** Settings by the parameter's name: for a kernel kernelInitializer and kernelRegularizer. */
  static ParameterSettings of(String name, Initializer otherwise) {
    return of(name, name, otherwise);
  }

  /** Settings by another word than the parameter's name. */
  static ParameterSettings of(String name, String word, Initializer otherwise) {
    return new ParameterSettings(
        name,
        Setting.of(word + "Initializer", Initializer.class).otherwise(otherwise),
        Setting.of(word + "Regularizer", Regularizer.class));
  }
}
