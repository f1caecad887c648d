/** Ops that look rows up by integer indices, or give such indices. */
package dev.tandem.core.op.array;
