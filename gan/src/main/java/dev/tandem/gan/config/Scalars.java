package dev.tandem.gan.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers, truth values, texts and constants as they are written. */
final class Scalars {

  private Scalars() {}

  /** A value of a type. */
  static Object read(String path, Node node, Class<?> type) {
    if (type == Double.class) {
      return number(path, node);
    } else if (type == Integer.class) {
      return integer(path, node);
    } else if (type == Long.class) {
      return whole(path, node);
    } else if (type == Boolean.class) {
      return flag(path, node);
    } else if (type == String.class) {
      return text(path, node, "a text");
    } else if (type.isEnum()) {
      return constant(path, node, type);
    }
    throw new IllegalStateException(path + " is of " + type + ", which files have no form for");
  }

  private static String text(String path, Node node, String what) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    throw node.place().error(path + " is not " + what + " but has parts of its own");
  }

  static double number(String path, Node node) {
    String text = text(path, node, "a number").strip();
    String plain = text.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "");
    if (plain.equals(".inf") || plain.equals("infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (plain.equals("-.inf") || plain.equals("-infinity")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!plain.matches("-?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(e[-+]?\\d+)?")) {
      throw node.place().error(path + " is not a number: " + text);
    }
    return Double.parseDouble(plain.replace("_", ""));
  }

  static long whole(String path, Node node) {
    String text = text(path, node, "a whole number").strip();
    try {
      return new BigDecimal(text.replace("_", "")).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ConfigException(
          path + " is not a whole number: " + text + " (" + node.place() + ")", e);
    }
  }

  static int integer(String path, Node node) {
    long value = whole(path, node);
    if (value != (int) value) {
      throw node.place()
          .error(
              path + " is not in [" + Integer.MIN_VALUE + ", " + Integer.MAX_VALUE + "]: " + value);
    }
    return (int) value;
  }

  private static boolean flag(String path, Node node) {
    String text = text(path, node, "true or false");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw node.place().error(path + " is neither true nor false: " + text);
    };
  }

  private static Object constant(String path, Node node, Class<?> type) {
    String text = text(path, node, "a name");
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(each -> (Enum<?>) each).toList();
    return constants.stream()
        .filter(each -> Words.constant(each).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                node.place()
                    .error(
                        path
                            + " is none of "
                            + String.join(", ", constants.stream().map(Words::constant).toList())
                            + ": "
                            + text));
  }
}
