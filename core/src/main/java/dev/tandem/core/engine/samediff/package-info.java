/**
 * The kernel library of last resort: runs a primitive op by its own SameDiff expression, in
 * SameDiff's session. Slow, and always there; a profile shows where it is used.
 */
package dev.tandem.core.engine.samediff;
