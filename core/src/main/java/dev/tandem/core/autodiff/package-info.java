/**
 * Reverse-mode differentiation of graphs of ops, written in ops: what comes out can be
 * differentiated again, so penalties on gradients are exact.
 */
package dev.tandem.core.autodiff;
