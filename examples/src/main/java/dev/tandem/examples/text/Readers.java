package dev.tandem.examples.text;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv1D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.GlobalMaxPooling1D;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Two models over one table of words.
 *
 * @param words the table
 * @param definitions from a definition to the logits of fields
 * @param sentences from a sentence to the logits of fields
 */
record Readers(Embedding words, Model definitions, Model sentences) {

  static final String TEXT = "text";
  static final String FIELD = "field";

  /** Draws them, with first values by the seed. */
  static Readers create(int vocabulary, int fields, long seed) {
    // region readers
    Embedding words = Embedding.of(vocabulary, 64).named("words");
    Model definitions = reader("definitions", words, fields).initialize(seed);
    Model sentences = reader("sentences", words, fields);
    // endregion
    sentences.initializeNew(seed + 1); // not the table, which has values
    return new Readers(words, definitions, sentences);
  }

  // region reader
  /** Reads three words at a time, and keeps of each filter where it answers most. */
  private static Model reader(String name, Embedding words, int fields) {
    return Model.sequential(
        name,
        Input.of("text", Shape.of(Texts.LENGTH), DataType.INT32),
        words,
        Dropout.rate(0.3),
        Conv1D.filters(64).kernel(3).padding(SAME).activation(relu()),
        GlobalMaxPooling1D.of(),
        Dropout.rate(0.3),
        Dense.units(fields).named("field"));
  }
  // endregion
}
