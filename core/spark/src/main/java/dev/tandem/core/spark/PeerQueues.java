package dev.tandem.core.spark;

import dev.tandem.core.worker.WorkerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has come from the other workers, in the order in which each sent it, and who is gone. */
final class PeerQueues {

  /**
   * A worker with whom nobody can go on.
   *
   * @param lost whether its process, its connection or its answer is missing; else its program
   *     failed and would do so again
   */
  record Gone(int rank, String why, boolean lost) {}

  private static final String FAILS_AGAIN = "!";

  private final int rank;
  private final int count;
  private final List<String> names;
  private final List<Deque<Frame>> queues = new ArrayList<>();
  private final boolean[] left;
  private final Map<Object, Integer> lines = new HashMap<>();
  private @Nullable Gone gone;
  private boolean closed;

  /**
   * Empty queues.
   *
   * @param names what messages call each worker
   */
  PeerQueues(int rank, List<String> names) {
    this.rank = rank;
    this.count = names.size();
    this.names = names;
    this.left = new boolean[count];
    for (int i = 0; i < count; i++) {
      queues.add(new ArrayDeque<>());
    }
  }

  /** Which worker is at the other end of a connection. */
  synchronized void connected(Object line, int peer) {
    lines.put(line, peer);
  }

  synchronized void received(Object line, Frame frame) {
    lines.put(line, frame.from());
    switch (frame.kind()) {
      case HELLO -> {}
      case LEAVES -> left[frame.from()] = true;
      case FAILED -> {
        boolean again = frame.text().startsWith(FAILS_AGAIN);
        String why = frame.text().substring(1);
        gone = gone == null ? new Gone(frame.from(), why, !again) : gone;
      }
      case PART, MEAN, GIVEN -> queues.get(frame.from()).add(frame);
    }
    notifyAll();
  }

  /** The text of a message that says that this worker has failed. */
  static String failure(String why, boolean lost) {
    return (lost ? "?" : FAILS_AGAIN) + why;
  }

  /** A connection has closed. */
  synchronized void closed(Object line) {
    Integer peer = lines.remove(line);
    if (peer != null && !closed && !left[peer]) {
      lose(peer, "its connection closed, as its process or host or the network died");
    }
  }

  synchronized void lose(int peer, String why) {
    if (gone == null && !left[peer] && !closed) {
      gone = new Gone(peer, names.get(peer) + " is gone: " + why, true);
    }
    notifyAll();
  }

  /** From now on connections close as they should. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean hasLeft(int peer) {
    return left[peer];
  }

  /** The first with whom nobody could go on. */
  synchronized Optional<Gone> gone() {
    return Optional.ofNullable(gone);
  }

  /**
   * The next message of a worker, waited for.
   *
   * @throws WorkerException if somebody is gone, or silent for longer than patience
   */
  synchronized Frame take(int from, Frame.Kind kind, long exchange, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (queues.get(from).isEmpty()) {
      requireAll(from);
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        lose(
            from,
            "it has not sent "
                + kind.title()
                + " for "
                + patience.toSeconds()
                + " s, and others wait for it; if its steps or saves take as long, give more"
                + " patience");
        requireAll(from);
      }
      try {
        wait(Math.max(1, millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + names.get(from), e);
      }
    }
    Frame frame = queues.get(from).remove();
    if (frame.kind() != kind || frame.exchange() != exchange) {
      throw new WorkerException(
          from,
          names.get(from)
              + " is at exchange "
              + frame.exchange()
              + " and asks for "
              + frame.kind().title()
              + ", and worker "
              + rank
              + " at exchange "
              + exchange
              + " for "
              + kind.title()
              + "; let all run the same program, and make the same calls in the same order",
          null);
    }
    return frame;
  }

  private void requireAll(int from) {
    if (gone != null) {
      throw new WorkerException(
          gone.rank(),
          gone.why() + "; nothing was moved by this step, go on from the last checkpoint",
          null);
    }
    if (closed) {
      throw new IllegalStateException("worker " + rank + " of " + count + " has closed");
    }
    if (left[from]) {
      throw new WorkerException(
          from,
          names.get(from)
              + " has come to the end of its program, and worker "
              + rank
              + " waits for it; let all make as many steps",
          null);
    }
  }
}
