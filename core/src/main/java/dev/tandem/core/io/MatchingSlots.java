package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.op.Variable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The slots of a trainer that a file has for all slots of their weight, and the others.
 *
 * @param here the slots to be read
 * @param file what is read into them
 * @param anew the paths of weights whose slots are not all in the file
 * @param left slots that are in the file alone
 */
record MatchingSlots(
    ImmutableMap<String, Variable> here,
    ImmutableMap<String, ArrayEntry> file,
    ImmutableSet<String> anew,
    ImmutableList<String> left) {

  static MatchingSlots of(Map<String, Variable> slots, Map<String, ArrayEntry> entries) {
    Set<String> anew = new LinkedHashSet<>();
    slots.forEach(
        (path, slot) -> {
          ArrayEntry entry = entries.get(path);
          if (entry == null || !entry.spec().equals(slot.spec())) {
            anew.add(weight(path));
          }
        });
    Map<String, Variable> here = new LinkedHashMap<>(slots);
    here.keySet().removeIf(path -> anew.contains(weight(path)));
    Map<String, ArrayEntry> file = new LinkedHashMap<>(entries);
    file.keySet().retainAll(here.keySet());
    return new MatchingSlots(
        ImmutableMap.copyOf(here),
        ImmutableMap.copyOf(file),
        ImmutableSet.copyOf(anew),
        entries.keySet().stream()
            .filter(path -> !here.containsKey(path))
            .collect(ImmutableList.toImmutableList()));
  }

  /** The path of the weight that a slot is of. */
  private static String weight(String slot) {
    return slot.substring(0, slot.lastIndexOf('#'));
  }
}
