/**
 * Fewer launches for the same work, in an order in which as much as can be runs side by side:
 * {@link dev.tandem.cuda.group.CommandGroups}.
 */
@NullMarked
package dev.tandem.cuda.group;

import org.jspecify.annotations.NullMarked;
