/** Ops whose meaning is a user's piece of SameDiff code. */
@NullMarked
package dev.tandem.core.op.samediff;

import org.jspecify.annotations.NullMarked;
