package dev.tandem.cuda.group;

import dev.tandem.cuda.device.Access;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of memory later on.
 *
 * @param after what runs after an item, in order
 * @param temporary memory of which nothing is read after that
 */
record Leftover(List<GroupItem> after, Temporary temporary) {

  /** A stretch of which it is not known yet whether it is read. */
  private record Piece(long begin, long end) {}

  /** The arguments that an item of several kernels hands on from one to the next alone. */
  List<Integer> unread(GroupItem item) {
    List<Integer> unread = new ArrayList<>();
    for (int i = 0; i < item.arguments().size(); i++) {
      boolean handsOn = item.command() == null && !item.needs(i);
      if (handsOn && isUnread(item.arguments().get(i).access())) {
        unread.add(i);
      }
    }
    return unread;
  }

  private boolean isUnread(Access access) {
    List<Piece> left = List.of(new Piece(access.address(), access.end()));
    for (GroupItem later : after) {
      List<Access> overwritten = new ArrayList<>();
      List<Access> accesses = later.accesses();
      for (int i = 0; i < accesses.size(); i++) {
        Access other = accesses.get(i);
        if (!meets(left, other)) {
          continue;
        } else if (later.isLibrary() ? !other.written() : later.needs(i)) {
          return false;
        }
        overwritten.add(other);
      }
      for (Access other : overwritten) {
        left = without(left, other);
      }
      if (left.isEmpty()) {
        return true;
      }
    }
    return left.stream().allMatch(this::isTemporary);
  }

  private static boolean meets(List<Piece> pieces, Access argument) {
    return pieces.stream()
        .anyMatch(piece -> piece.begin() < argument.end() && argument.address() < piece.end());
  }

  private static List<Piece> without(List<Piece> pieces, Access argument) {
    List<Piece> left = new ArrayList<>();
    for (Piece piece : pieces) {
      long end = Math.min(piece.end(), argument.address());
      long begin = Math.max(piece.begin(), argument.end());
      if (end > piece.begin()) {
        left.add(new Piece(piece.begin(), end));
      }
      if (begin < piece.end()) {
        left.add(new Piece(Math.max(begin, end), piece.end()));
      }
    }
    return left;
  }

  private boolean isTemporary(Piece piece) {
    return temporary.stretches().stream()
        .anyMatch(
            one -> one.address() <= piece.begin() && piece.end() <= one.address() + one.bytes());
  }
}
