package dev.tandem.cuda.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits for what, of things that happen one after another: by the memory that each reads and
 * writes. Any order in which each thing comes after those that it waits for gives the same.
 */
public final class Dependencies {

  /** A stretch of memory of which all was written and read by the same. */
  private static final class Piece {
    private final long end;
    private final Set<Integer> readers;
    private int writer;

    Piece(long end, int writer, Set<Integer> readers) {
      this.end = end;
      this.writer = writer;
      this.readers = new TreeSet<>(readers);
    }
  }

  private static final int NOBODY = -1;

  private final TreeMap<Long, Piece> pieces = new TreeMap<>();

  private Dependencies() {}

  /** For each command the earlier ones that have to be done before it begins. */
  public static ImmutableList<ImmutableSortedSet<Integer>> of(List<Command> commands) {
    return ofAccesses(commands.stream().map(Command::accesses).toList());
  }

  /** For each thing, by what it reads and writes, the earlier ones that it waits for. */
  public static ImmutableList<ImmutableSortedSet<Integer>> ofAccesses(
      List<? extends Collection<Access>> things) {
    Dependencies dependencies = new Dependencies();
    ImmutableList.Builder<ImmutableSortedSet<Integer>> all = ImmutableList.builder();
    for (int i = 0; i < things.size(); i++) {
      all.add(dependencies.next(i, things.get(i)));
    }
    return all.build();
  }

  private ImmutableSortedSet<Integer> next(int number, Collection<Access> accesses) {
    Set<Integer> before = new TreeSet<>();
    for (Access access : accesses) {
      for (Piece piece : cut(access)) {
        if (piece.writer != NOBODY) {
          before.add(piece.writer);
        }
        if (access.written()) {
          before.addAll(piece.readers);
          piece.readers.clear();
          piece.writer = number;
        } else {
          piece.readers.add(number);
        }
      }
    }
    before.remove(number);
    return ImmutableSortedSet.copyOf(before);
  }

  /** The pieces that make up a stretch, none of which reaches beyond it. */
  private List<Piece> cut(Access access) {
    split(access.address());
    split(access.end());
    List<Piece> found = new ArrayList<>();
    long at = access.address();
    while (at < access.end()) {
      Map.@Nullable Entry<Long, Piece> next = pieces.ceilingEntry(at);
      if (next == null || next.getKey() > at) {
        long end = next == null ? access.end() : Math.min(access.end(), next.getKey());
        Piece fresh = new Piece(end, NOBODY, Set.of());
        pieces.put(at, fresh);
        found.add(fresh);
        at = end;
      } else {
        found.add(next.getValue());
        at = next.getValue().end;
      }
    }
    return found;
  }

  private void split(long at) {
    Map.@Nullable Entry<Long, Piece> around = pieces.lowerEntry(at);
    if (around != null && around.getValue().end > at) {
      Piece whole = around.getValue();
      pieces.put(around.getKey(), new Piece(at, whole.writer, whole.readers));
      pieces.put(at, new Piece(whole.end, whole.writer, whole.readers));
    }
  }
}
