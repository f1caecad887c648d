package dev.tandem.cuda.memory;

import dev.tandem.cuda.device.DeviceMemoryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What this process has on a card, by program. */
final class MemoryUse {

  /** Programs that a message names. */
  private static final int MOST = 8;

  private record Piece(String name, long bytes) {}

  private final List<Holding> holdings = new ArrayList<>();

  synchronized void enter(Holding holding) {
    holdings.add(holding);
  }

  synchronized void leave(Holding holding) {
    holdings.removeIf(one -> one == holding);
  }

  /**
   * An error that names who has the memory.
   *
   * @param asking whose request was refused
   * @param variables how many have values on the card
   * @param variableBytes what these take
   */
  synchronized DeviceMemoryException explained(
      DeviceMemoryException error, Holding asking, int variables, long variableBytes) {
    List<Piece> pieces = new ArrayList<>();
    holdings.stream()
        .filter(holding -> holding != asking && holding.bytes() > 0)
        .forEach(holding -> pieces.add(new Piece(holding.name(), holding.bytes())));
    pieces.sort(Comparator.comparingLong(Piece::bytes).reversed());
    StringBuilder text = new StringBuilder(error.getMessage());
    text.append(".\nThe program that asks has ").append(asking.bytes()).append(" bytes so far; ");
    text.append(variables).append(" variables take ").append(variableBytes);
    for (Piece piece : pieces.subList(0, Math.min(MOST, pieces.size()))) {
      text.append("; a program of ").append(piece.name()).append(" ").append(piece.bytes());
    }
    if (pieces.size() > MOST) {
      long rest = pieces.stream().skip(MOST).mapToLong(Piece::bytes).sum();
      text.append("; ").append(pieces.size() - MOST).append(" more programs ").append(rest);
    }
    return new DeviceMemoryException(text.toString(), error);
  }
}
