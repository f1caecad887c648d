/**
 * The op graph that everything is computed with: values, calls of ops, and the algebra they are
 * recorded by.
 *
 * <p>An {@link dev.tandem.core.op.Op} says its output shapes, what it means (as an expression in
 * SameDiff, or as a composition of simpler ops) and how a gradient goes back through it (again in
 * ops, so a gradient can be differentiated once more). {@link dev.tandem.core.op.Ops} records calls
 * of ops; the result is an {@link dev.tandem.core.op.OpGraph}. All shapes are concrete here. The
 * ops of the algebra itself are here as well, because their gradients are written in it; families
 * of others are packages below, and nothing here knows them.
 */
@NullMarked
package dev.tandem.core.op;

import org.jspecify.annotations.NullMarked;
