/**
 * Event files, as TensorBoard reads them: {@link dev.tandem.core.io.tensorboard.EventFile} writes
 * one, {@link dev.tandem.core.io.tensorboard.TensorBoardFit} what a fit reports into one.
 */
@NullMarked
package dev.tandem.core.io.tensorboard;

import org.jspecify.annotations.NullMarked;
