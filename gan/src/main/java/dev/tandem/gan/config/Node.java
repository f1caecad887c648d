package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a tree of settings, which knows where it comes from. */
sealed interface Node {

  /** Where it begins. */
  Place place();

  /** A number, a truth value or a text, as it is written. */
  record Scalar(String text, Place place) implements Node {

    private static final String NONE = "none";

    /** Whether it says that there is nothing. */
    boolean isNone() {
      return text.isEmpty() || text.equals(NONE) || text.equals("null") || text.equals("~");
    }

    static Scalar none(Place place) {
      return new Scalar(NONE, place);
    }
  }

  /** A list. */
  record Items(ImmutableList<Node> list, Place place) implements Node {}

  /** Values by keys, in their order. */
  record Branch(ImmutableMap<String, Member> members, Place place) implements Node {

    static Branch empty(Place place) {
      return new Branch(ImmutableMap.of(), place);
    }

    /** The value of a key, or null. */
    @Nullable Node get(String key) {
      Member member = members.get(key);
      return member == null ? null : member.node();
    }

    /** The same with another value of a key, or one more. */
    Branch with(String key, Place at, Node node) {
      Map<String, Member> all = new LinkedHashMap<>(members);
      all.put(key, new Member(at, node));
      return new Branch(ImmutableMap.copyOf(all), place);
    }

    /** The same without a key. */
    Branch without(String key) {
      Map<String, Member> all = new LinkedHashMap<>(members);
      all.remove(key);
      return new Branch(ImmutableMap.copyOf(all), place);
    }
  }

  /**
   * A value of a branch.
   *
   * @param at where its key stands
   * @param node the value
   */
  record Member(Place at, Node node) {}
}
