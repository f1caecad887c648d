/**
 * Reverse-mode differentiation of graphs of ops, written in ops: what comes out can be
 * differentiated again, so penalties on gradients are exact.
 */
@NullMarked
package dev.tandem.core.autodiff;

import org.jspecify.annotations.NullMarked;
