/**
 * Places of buffers: lifetimes, sharing, and arenas, as sizes and offsets: {@link
 * dev.tandem.core.engine.memory.MemoryPlan}. Nothing here knows arrays or addresses.
 */
@NullMarked
package dev.tandem.core.engine.memory;

import org.jspecify.annotations.NullMarked;
