package dev.tandem.core.graph;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What some callees are called among each other. Those with a name have that; the others have their
 * kind and a number by their order: {@code dense}, {@code dense_1}, … but never a name that one of
 * them was given. The same callees in the same order have the same names, whatever else there is.
 */
public final class Naming {

  /** Between the words of BatchNormalization and of Conv2DTranspose. */
  private static final Pattern WORDS =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9]{2})(?=[A-Z][a-z])");

  private final Map<Operation, String> names = new IdentityHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private Naming(Iterable<? extends Operation> callees) {
    for (Operation callee : callees) {
      if (callee.isNamed()) {
        names.put(callee, callee.name());
        taken.add(callee.name());
      }
    }
    Map<String, Integer> numbers = Maps.newHashMap();
    for (Operation callee : callees) {
      if (!names.containsKey(callee)) {
        names.put(callee, number(callee.kind(), numbers));
      }
    }
  }

  private String number(String kind, Map<String, Integer> numbers) {
    String name;
    do {
      int number = numbers.merge(kind, 1, Integer::sum) - 1;
      name = number == 0 ? kind : kind + "_" + number;
    } while (!taken.add(name));
    return name;
  }

  /** The names of callees in this order, of which one may come again. */
  public static Naming of(Iterable<? extends Operation> callees) {
    return new Naming(callees);
  }

  /** The name of a callee; of one that is not among these, what it says itself. */
  public String nameOf(Operation callee) {
    return names.getOrDefault(callee, callee.name());
  }

  /** Whether a name is that of a callee among these. */
  public boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** Whether a callee is among these. */
  public boolean knows(Operation callee) {
    return names.containsKey(callee);
  }

  /** Kind and name for messages, as in {@code Dense "dense_1"}. */
  public String label(Operation callee) {
    return knows(callee) ? callee.typeName() + " \"" + nameOf(callee) + "\"" : callee.label();
  }

  /**
   * Names for things that come from callees, such as a model's outputs: that of the callee, and
   * with a number behind it for each one more. Such a number never makes a name that a callee has.
   *
   * @param owners the callee of each thing, in their order
   * @param things what is named
   */
  public <T> ImmutableMap<String, T> derived(
      Iterable<? extends Operation> owners, Iterable<? extends T> things) {
    ImmutableMap.Builder<String, T> all = ImmutableMap.builder();
    Set<String> used = new HashSet<>();
    Set<String> given = new HashSet<>(taken);
    owners.forEach(callee -> given.add(nameOf(callee)));
    var owner = owners.iterator();
    for (T thing : things) {
      Operation callee = owner.next();
      String base = nameOf(callee);
      String name = base;
      boolean free = knows(callee) || !taken.contains(base);
      for (int i = 1; !free || used.contains(name); i++) {
        name = base + "_" + i;
        free = !given.contains(name);
      }
      used.add(name);
      all.put(name, thing);
    }
    return all.buildOrThrow();
  }

  /** {@code BatchNormalization} to {@code batch_normalization}. */
  static String kindOf(String typeName) {
    return WORDS.matcher(typeName).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
