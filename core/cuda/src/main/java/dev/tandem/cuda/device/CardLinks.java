package dev.tandem.cuda.device;

import java.time.Duration;
import java.util.List;

/**
 * The ways between some cards of one machine, numbered from 0. Without decisions: what goes where
 * is decided above. For one thread at a time.
 */
public interface CardLinks extends AutoCloseable {

  /**
   * Numbers that go from one card's memory to another's.
   *
   * @param from the card that has them
   * @param source their address there
   * @param to the card that gets them, another one
   * @param target their address there
   * @param bytes how many, at least 1
   */
  record Transfer(int from, long source, int to, long target, long bytes) {}

  /**
   * Memory of a card that the others may reach, of undefined contents, aligned to 256 bytes.
   *
   * @throws DeviceException if there is not so much
   */
  long allocate(int card, long bytes);

  /** Gives such memory back. */
  void free(int card, long address);

  /**
   * Asks for transfers, all at once: each begins when its two cards have done what they were asked
   * before. What the cards are asked for next comes behind them. Does not wait.
   *
   * @throws LinkException if they cannot be asked for
   */
  void move(List<Transfer> transfers);

  /**
   * Waits until all has come.
   *
   * @param longest for how long
   * @throws LinkException if a way broke, or a card has not come so far by then; nothing can be
   *     moved any more
   */
  void await(Duration longest);

  @Override
  void close();
}
