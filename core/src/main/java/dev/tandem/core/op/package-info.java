/**
 * The closed set of operations that everything is computed with, and graphs of them.
 *
 * <p>An {@link dev.tandem.core.op.Op} says its output shapes, what it means (as an expression in
 * SameDiff, or as a composition of simpler ops) and how a gradient goes back through it (again in
 * ops, so a gradient can be differentiated once more). {@link dev.tandem.core.op.Ops} draws calls
 * of ops; the result is an {@link dev.tandem.core.op.OpGraph}. All shapes are concrete here.
 */
package dev.tandem.core.op;
