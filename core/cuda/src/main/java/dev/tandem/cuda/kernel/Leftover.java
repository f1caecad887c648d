package dev.tandem.cuda.kernel;

import dev.tandem.cuda.kernel.GroupItem.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of memory later on.
 *
 * @param after what runs after the items that are looked at, in order; null where nothing is known
 * @param temporary memory of which nothing is read after that
 */
record Leftover(List<@Nullable GroupItem> after, List<CommandGroups.Stretch> temporary) {

  /** A stretch of which it is not known yet whether it is read. */
  private record Piece(long begin, long end) {}

  /** The arguments that an item of several kernels hands on from one to the next alone. */
  List<Integer> unread(GroupItem item, List<GroupItem> next) {
    List<Integer> unread = new ArrayList<>();
    for (int i = 0; i < item.arguments().size(); i++) {
      boolean handsOn = item.command() == null && !item.needs(i);
      if (handsOn && isUnread(item.arguments().get(i), next)) {
        unread.add(i);
      }
    }
    return unread;
  }

  private boolean isUnread(Argument argument, List<GroupItem> next) {
    List<Piece> left = List.of(new Piece(argument.address(), argument.end()));
    List<@Nullable GroupItem> all = new ArrayList<>(next);
    all.addAll(after);
    for (GroupItem later : all) {
      if (later == null) {
        return false;
      }
      for (int i = 0; i < later.arguments().size(); i++) {
        if (later.needs(i) && meets(left, later.arguments().get(i))) {
          return false;
        }
      }
      for (Argument other : later.arguments()) {
        left = other.written() ? without(left, other) : left;
      }
      if (left.isEmpty()) {
        return true;
      }
    }
    return left.stream().allMatch(this::isTemporary);
  }

  private static boolean meets(List<Piece> pieces, Argument argument) {
    return pieces.stream()
        .anyMatch(piece -> piece.begin() < argument.end() && argument.address() < piece.end());
  }

  private static List<Piece> without(List<Piece> pieces, Argument argument) {
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
    return temporary.stream()
        .anyMatch(
            one -> one.address() <= piece.begin() && piece.end() <= one.address() + one.bytes());
  }
}
