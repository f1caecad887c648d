/** What a long run costs in memory: on the heap for each step, and outside the heap in all. */
package dev.tandem.examples.bench.memory;
