/**
 * Training a pair: {@link dev.tandem.gan.train.AdversarialTraining} is the recipe, {@link
 * dev.tandem.gan.train.AdversarialTrainer} what it becomes with data, {@link
 * dev.tandem.gan.train.Alternation} who steps when. A run can be saved after any round and goes on
 * bit for bit; a {@link dev.tandem.gan.train.Watchdog} looks after it.
 */
@NullMarked
package dev.tandem.gan.train;

import org.jspecify.annotations.NullMarked;
