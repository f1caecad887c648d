/**
 * Fine-tuning on Fashion-MNIST from a trunk that was trained on MNIST, with the trunk held still in
 * each of the ways that there are. {@link dev.tandem.examples.finetune.Way} lists them, and {@link
 * dev.tandem.examples.finetune.Shift} measures what the statistics of batch norm have to do with
 * it.
 */
@NullMarked
package dev.tandem.examples.finetune;

import org.jspecify.annotations.NullMarked;
