/**
 * Text classification over a shared embedding: which field of meaning a verb's definition belongs
 * to, and which one a sentence that uses it. {@link dev.tandem.examples.text.Readers} draws both
 * models over one table of words; {@link dev.tandem.examples.text.Verbs} reads the data, from
 * WordNet.
 */
@NullMarked
package dev.tandem.examples.text;

import org.jspecify.annotations.NullMarked;
