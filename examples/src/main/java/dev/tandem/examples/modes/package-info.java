/**
 * How many modes of its data a preset finds: {@link dev.tandem.examples.modes.Protocol} names data,
 * number of samples and measure, {@link dev.tandem.examples.modes.ModesRun} trains and measures one
 * seed, {@link dev.tandem.examples.modes.Summary} is the mean over seeds.
 */
@NullMarked
package dev.tandem.examples.modes;

import org.jspecify.annotations.NullMarked;
