/**
 * The same workloads in other systems, side by side: each measurement is a process of its own, one
 * after another, in interleaved rounds, while this process waits.
 *
 * <p>{@link dev.tandem.examples.bench.peers.PeerRun} goes the way: {@code Competitor} says how a
 * system is started, {@code ChildProcess} runs it, {@code Outcome} is what came of it, {@code
 * Results} holds all of them, and {@code Report} writes tables. Nothing here loads ND4J.
 */
@NullMarked
package dev.tandem.examples.bench.peers;

import org.jspecify.annotations.NullMarked;
