/**
 * Models: named cuts through the graph of calls, and the rules on what is trainable in them.
 *
 * <p>A {@link dev.tandem.core.model.Model} owns no weights. It may be called like a layer and keeps
 * its identity inside the outer model. Its flag is its own and is never written to a layer. What a
 * compiled step moves is a pure function of the model, the flags and a selection: {@link
 * dev.tandem.core.model.Trainability}.
 */
@NullMarked
package dev.tandem.core.model;

import org.jspecify.annotations.NullMarked;
