/**
 * What happens to a graph before it becomes tasks: composites that no library runs are taken apart,
 * the graph is rewritten, and who runs which call is {@linkplain
 * dev.tandem.core.engine.pass.KernelSelection selected} and kept.
 */
@NullMarked
package dev.tandem.core.engine.pass;

import org.jspecify.annotations.NullMarked;
