/**
 * Any preset on any data that fits it: {@link dev.tandem.examples.gan.GanData} finds the data by
 * name, {@link dev.tandem.examples.gan.GanRun} trains and keeps pictures and checkpoints, {@link
 * dev.tandem.examples.gan.Painter} draws what the generator makes. For presets that translate
 * {@code Domains} says what of what. A run goes on from its last checkpoint bit for bit.
 */
@NullMarked
package dev.tandem.examples.gan;

import org.jspecify.annotations.NullMarked;
