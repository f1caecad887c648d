/**
 * Graphs of ops as SameDiff graphs: the definition of every op, the oracle that plans are held
 * against, the export, and an engine that is slow and simple.
 */
@NullMarked
package dev.tandem.core.samediff;

import org.jspecify.annotations.NullMarked;
