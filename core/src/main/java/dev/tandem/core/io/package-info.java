/**
 * Files: weights, whole models, checkpoints of running trainings, and exports.
 *
 * <p>What is saved is a directory of two files, a text that describes ({@code manifest.json}) and
 * the numbers. {@link dev.tandem.core.io.Weights} holds the arrays of a model, {@link
 * dev.tandem.core.io.ModelFile} also what the model is made of, {@link
 * dev.tandem.core.io.Checkpoint} models and trainers with all that a run needs to go on exactly.
 * Saving replaces what was there in one step; reading checks everything before it changes anything,
 * and refuses with a {@link dev.tandem.core.data.DataFileException}. The format is described in
 * {@code docs/internals/files.md}.
 */
@NullMarked
package dev.tandem.core.io;

import org.jspecify.annotations.NullMarked;
