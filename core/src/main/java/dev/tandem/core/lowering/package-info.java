/**
 * From graphs of calls to ops: a model's calls written at a concrete batch size, for training or
 * for inference, with the flags of a snapshot.
 */
@NullMarked
package dev.tandem.core.lowering;

import org.jspecify.annotations.NullMarked;
