package dev.tandem.keras;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models come out of both of Keras's formats and predict what the formulas say. */
class KerasFileTest {

  @ParameterizedTest
  @CsvSource({
    "convnet, .keras", "convnet, .h5",
    "sequence, .keras", "sequence, .h5",
    "nested, .keras", "nested, .h5"
  })
  void model_ofEitherFormat_predictsWhatNumPyComputed(String name, String ending) {
    KerasModel imported = KerasFile.read(Fixtures.file(name + ending));

    Fixtures.assertPredicts(imported.model(), name, ending.equals(".h5"));
    System.out.println(imported.report());
  }
}
