/** Ops whose meaning is a user's piece of SameDiff code. */
package dev.tandem.core.op.samediff;
