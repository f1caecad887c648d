/** Counter-based random numbers: a function of seed, step and stream alone. */
package dev.tandem.core.op.random;
