/** What a long run costs in memory: on the heap for each step, and outside the heap in all. */
@NullMarked
package dev.tandem.examples.bench.memory;

import org.jspecify.annotations.NullMarked;
