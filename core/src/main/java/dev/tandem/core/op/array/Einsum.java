package dev.tandem.core.op.array;

import com.google.common.base.Splitter;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Einstein's summation: products of tensors whose axes are letters, summed over the letters that
 * the result does not have. It is written as permutations, matrix products and sums, from the left
 * to the right.
 */
final class Einsum {

  /** A value with a letter for each axis, each letter once. */
  private record Term(String letters, Value value) {}

  private final Ops ops;
  private final String equation;
  private final Map<Character, Long> sizes = new LinkedHashMap<>();

  private Einsum(Ops ops, String equation) {
    this.ops = ops;
    this.equation = equation;
  }

  static Value of(Ops ops, String equation, List<Value> inputs) {
    return new Einsum(ops, equation.replace(" ", "")).write(inputs);
  }

  private IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException("einsum \"" + equation + "\": " + rule);
  }

  private Value write(List<Value> inputs) {
    List<String> sides = Splitter.on("->").splitToList(equation);
    if (sides.size() != 2) {
      throw wrong("write inputs -> result, as in \"bij,bjk->bik\"");
    }
    List<String> names = Splitter.on(',').splitToList(sides.get(0));
    if (names.size() != inputs.size()) {
      throw wrong("it names " + names.size() + " inputs and got " + inputs.size());
    }
    String result = sides.get(1);
    for (int i = 0; i < names.size(); i++) {
      read(i, names.get(i), inputs.get(i));
    }
    requireResult(result);
    Term all = null;
    for (int i = 0; i < names.size(); i++) {
      String later = String.join("", names.subList(i + 1, names.size())) + result;
      Term next = diagonal(names.get(i), inputs.get(i));
      all =
          all == null
              ? summed(next, later)
              : product(all, summed(next, later + all.letters()), later);
    }
    if (all == null) {
      throw wrong("there is no input");
    }
    return ordered(all, result);
  }

  /** Holds the axes of an input against its letters. */
  private void read(int index, String letters, Value input) {
    if (!letters.chars().allMatch(Einsum::isLetter)) {
      throw wrong("axes are letters a to z or A to Z, not \"" + letters + "\"");
    } else if (letters.length() != input.rank()) {
      throw wrong(
          "\""
              + letters
              + "\" has "
              + letters.length()
              + " axes and input "
              + index
              + ", "
              + input.spec()
              + ", has "
              + input.rank());
    }
    for (int axis = 0; axis < letters.length(); axis++) {
      long size = input.shape().size(axis);
      Long known = sizes.putIfAbsent(letters.charAt(axis), size);
      if (known != null && known != size) {
        throw wrong(
            "the letter '"
                + letters.charAt(axis)
                + "' is "
                + known
                + " and, at axis "
                + axis
                + " of input "
                + index
                + ", "
                + size
                + "; axes of one letter have one size");
      }
    }
  }

  private void requireResult(String result) {
    for (int i = 0; i < result.length(); i++) {
      char letter = result.charAt(i);
      if (!sizes.containsKey(letter)) {
        throw wrong("the letter '" + letter + "' of the result is in no input");
      } else if (result.indexOf(letter) != i) {
        throw wrong("the letter '" + letter + "' stands twice in the result");
      }
    }
  }

  private static boolean isLetter(int letter) {
    return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
  }

  /** A letter that stands twice: the elements at equal places of both axes. */
  private Term diagonal(String letters, Value value) {
    for (int axis = 0; axis < letters.length(); axis++) {
      int second = letters.indexOf(letters.charAt(axis), axis + 1);
      if (second >= 0) {
        long size = value.shape().size(axis);
        List<Integer> order = new ArrayList<>(List.of(axis, second));
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
          if (i != axis && i != second) {
            order.add(i);
            rest.append(letters.charAt(i));
          }
        }
        Value front = ops.permute(value, order.stream().mapToInt(i -> i).toArray());
        long others = front.shape().length() / Math.max(1, size * size);
        // rows of size + 1: each begins one place further on, so the first column is the diagonal
        Value flat = ops.reshape(front, size * size, others);
        Value rows = ops.slice(flat, 0, 0, size * size - 1);
        Value most =
            size == 1
                ? flat
                : ops.concat(
                    0,
                    List.of(
                        ops.reshape(
                            ops.slice(ops.reshape(rows, size - 1, size + 1, others), 1, 0, 1),
                            size - 1,
                            others),
                        ops.slice(flat, 0, size * size - 1, 1)));
        Shape shape = front.shape().without(0);
        return diagonal(letters.charAt(axis) + rest.toString(), ops.reshape(most, shape));
      }
    }
    return new Term(letters, value);
  }

  /** Without the axes that nothing behind it has. */
  private Term summed(Term term, String needed) {
    StringBuilder left = new StringBuilder();
    List<Integer> gone = new ArrayList<>();
    for (int axis = 0; axis < term.letters().length(); axis++) {
      char letter = term.letters().charAt(axis);
      if (needed.indexOf(letter) >= 0) {
        left.append(letter);
      } else {
        gone.add(axis);
      }
    }
    return gone.isEmpty()
        ? term
        : new Term(
            left.toString(),
            ops.sum(term.value(), false, gone.stream().mapToInt(axis -> axis).toArray()));
  }

  private Term product(Term a, Term b, String needed) {
    StringBuilder batch = new StringBuilder();
    StringBuilder both = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    for (char letter : a.letters().toCharArray()) {
      if (b.letters().indexOf(letter) < 0) {
        rows.append(letter);
      } else {
        (needed.indexOf(letter) >= 0 ? batch : both).append(letter);
      }
    }
    StringBuilder columns = new StringBuilder();
    for (char letter : b.letters().toCharArray()) {
      if (a.letters().indexOf(letter) < 0) {
        columns.append(letter);
      }
    }
    Value left = ordered(a, batch.toString() + rows + both);
    Value right = ordered(b, batch.toString() + both + columns);
    long n = length(batch);
    Value product =
        ops.matmul(
            ops.reshape(left, n, length(rows), length(both)),
            ops.reshape(right, n, length(both), length(columns)));
    String letters = batch.toString() + rows + columns;
    long[] shape = letters.chars().mapToLong(letter -> size((char) letter)).toArray();
    return new Term(letters, ops.reshape(product, shape));
  }

  private Value ordered(Term term, String letters) {
    return ops.permute(term.value(), letters.chars().map(term.letters()::indexOf).toArray());
  }

  private long length(CharSequence letters) {
    return letters.chars().mapToLong(letter -> size((char) letter)).reduce(1, (a, b) -> a * b);
  }

  private long size(char letter) {
    return sizes.getOrDefault(letter, 1L);
  }
}
