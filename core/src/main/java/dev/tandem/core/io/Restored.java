package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What {@link Checkpoint#restoreMatching} did.
 *
 * @param run what else the run had to remember
 * @param anew by trainer, the paths of the weights that it moves and whose slots the file has not:
 *     they begin as in a first step
 * @param left by trainer, the slots that are in the file alone
 */
public record Restored(
    RunState run,
    ImmutableMap<String, ImmutableList<String>> anew,
    ImmutableMap<String, ImmutableList<String>> left) {}
