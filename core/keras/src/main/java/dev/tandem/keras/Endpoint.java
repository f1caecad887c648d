package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor as files name it: {@code ["dense", 0, 0]}.
 *
 * @param layer that it comes from
 * @param call the number of the call, as the file counts
 * @param output the number of the call's output
 */
record Endpoint(String layer, int call, int output) {

  /** All in a structure of lists and objects, in its order. */
  static List<Endpoint> all(JsonNode node) {
    List<Endpoint> all = new ArrayList<>();
    collect(node, all);
    return all;
  }

  private static void collect(JsonNode node, List<Endpoint> all) {
    if (isOne(node)) {
      all.add(of(node));
    } else if (node.isContainerNode()) {
      node.forEach(inner -> collect(inner, all));
    }
  }

  static boolean isOne(JsonNode node) {
    return node.isArray()
        && node.size() >= 3
        && node.get(0).isTextual()
        && node.get(1).isIntegralNumber()
        && node.get(2).isIntegralNumber();
  }

  static Endpoint of(JsonNode node) {
    return new Endpoint(node.get(0).textValue(), node.get(1).intValue(), node.get(2).intValue());
  }
}
