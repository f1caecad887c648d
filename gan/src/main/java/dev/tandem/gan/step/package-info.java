/**
 * The steps of training: the {@link dev.tandem.gan.step.Steps} of both sides, built from a pair and
 * an objective and compiled into trainers of their own. No flag is written anywhere: each trainer
 * is compiled for one side's weights alone.
 */
@NullMarked
package dev.tandem.gan.step;

import org.jspecify.annotations.NullMarked;
