package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A column of categories with its vocabulary. */
final class FittedCategory implements FittedColumn {

  private static final int SHOWN = 12;

  private final CategoryColumn column;
  private final ImmutableList<String> words;
  private final ImmutableMap<String, Integer> indices;

  /**
   * A column with a vocabulary.
   *
   * @param words in the order of their indices
   */
  FittedCategory(CategoryColumn column, ImmutableList<String> words) {
    this.column = column;
    this.words = words;
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      at.put(words.get(i), i);
    }
    this.indices = ImmutableMap.copyOf(at);
  }

  @Override
  public CategoryColumn column() {
    return column;
  }

  /** The vocabulary. */
  ImmutableList<String> words() {
    return words;
  }

  /** The names of all indices: the vocabulary, and that of unknown values if there is one. */
  ImmutableList<String> categories() {
    return column.unknownAllowed()
        ? ImmutableList.<String>builder().addAll(words).add(CategoryColumn.UNKNOWN).build()
        : words;
  }

  @Override
  public int width() {
    return column.form() == CategoryColumn.Form.ONE_HOT ? categories().size() : 1;
  }

  @Override
  public boolean isIndex() {
    return column.form() == CategoryColumn.Form.INDEX;
  }

  @Override
  public void write(@Nullable String text, boolean comma, ByteBuffer into) throws BadCell {
    int index = index(text);
    switch (column.form()) {
      case INDEX -> into.putInt(index);
      case FLAG -> into.putFloat(index);
      case ONE_HOT -> {
        int width = width();
        for (int i = 0; i < width; i++) {
          into.putFloat(i == index ? 1 : 0);
        }
      }
    }
  }

  private int index(@Nullable String text) throws BadCell {
    if (text == null && column.missing().kind() == Missing.Kind.REFUSED) {
      throw ColumnFit.missing(column);
    }
    String word = text == null ? column.missing().value().orElseThrow() : text;
    Integer index = indices.get(word);
    if (index == null) {
      require(column, words, word);
    }
    return index == null ? words.size() : index;
  }

  /** Refuses a category that is not in the vocabulary, unless that is allowed. */
  static void require(CategoryColumn column, ImmutableList<String> words, String word)
      throws BadCell {
    if (!words.contains(word) && !column.unknownAllowed()) {
      throw new BadCell(
          String.format(
              Locale.ROOT,
              "%s is none of the %d categories %s; mend it, or give unknown ones an index of their"
                  + " own by category(\"%s\").allowingUnknown() before fitting",
              NumberText.quoted(word),
              words.size(),
              some(words),
              column.name()));
    }
  }

  static String some(List<String> words) {
    return words.stream().limit(SHOWN).map(NumberText::quoted).collect(Collectors.joining(", "))
        + (words.size() > SHOWN ? ", …" : "");
  }

  /** The category of an index, of the largest number, or of a flag that is nearer to 1 or 0. */
  @Override
  public Object value(double[] numbers, int at) {
    ImmutableList<String> all = categories();
    return switch (column.form()) {
      case INDEX -> all.get((int) Math.max(0, Math.min(all.size() - 1, Math.round(numbers[at]))));
      case FLAG -> all.get(numbers[at] > 0.5 ? 1 : 0);
      case ONE_HOT -> {
        int best = 0;
        for (int i = 1; i < all.size(); i++) {
          best = numbers[at + i] > numbers[at + best] ? i : best;
        }
        yield all.get(best);
      }
    };
  }
}
