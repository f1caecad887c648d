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
 * The names of some inputs, layers and models among each other. Those with a name have that; the
 * others have their kind and a number by their order: {@code dense}, {@code dense_1}, … but never a
 * name that one of them was given. The same parts in the same order have the same names, whatever
 * else there is.
 */
public final class Naming {

  /** Between the words of BatchNormalization and of Conv2DTranspose. */
  private static final Pattern WORDS =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9]{2})(?=[A-Z][a-z])");

  private final Map<Named, String> names = new IdentityHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private Naming(Iterable<? extends Named> parts) {
    for (Named part : parts) {
      if (part.isNamed()) {
        names.put(part, part.name());
        taken.add(part.name());
      }
    }
    Map<String, Integer> numbers = Maps.newHashMap();
    for (Named part : parts) {
      if (!names.containsKey(part)) {
        names.put(part, number(part.kind(), numbers));
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

  /** The names of parts in this order, of which one may come again. */
  public static Naming of(Iterable<? extends Named> parts) {
    return new Naming(parts);
  }

  /** The name of a part; of one that is not among these, what it says itself. */
  public String nameOf(Named part) {
    String name = names.get(part);
    return name == null ? part.name() : name;
  }

  /** Whether a name is that of a part among these. */
  public boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** Whether a part is among these. */
  public boolean knows(Named part) {
    return names.containsKey(part);
  }

  /** Kind and name for messages, as in {@code Dense "dense_1"}. */
  public String label(Named part) {
    return knows(part) ? part.typeName() + " \"" + nameOf(part) + "\"" : part.label();
  }

  /**
   * Names for things that come from parts, such as a model's outputs: that of the part, and with a
   * number behind it for each one more. Such a number never makes a name that a part has.
   *
   * @param owners the part of each thing, in their order
   * @param things what is named
   */
  public <T> ImmutableMap<String, T> derived(
      Iterable<? extends Named> owners, Iterable<? extends T> things) {
    ImmutableMap.Builder<String, T> all = ImmutableMap.builder();
    Set<String> used = new HashSet<>();
    Set<String> given = new HashSet<>(taken);
    owners.forEach(part -> given.add(nameOf(part)));
    var owner = owners.iterator();
    for (T thing : things) {
      Named part = owner.next();
      String base = nameOf(part);
      String name = base;
      boolean free = knows(part) || !taken.contains(base);
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
