package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The vocabulary of a column. */
final class CategoryFit extends ColumnFit {

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
  private static final Comparator<String> NUMBERS =
      Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder());
  private static final int MANY = 50;

  private final CategoryColumn column;
  private final Set<String> found = new HashSet<>();
  private int count;

  CategoryFit(CategoryColumn column) {
    super(column);
    this.column = column;
  }

  @Override
  void add(@Nullable String text, boolean comma) throws BadCell {
    if (text == null) {
      return;
    }
    count++;
    if (!found.contains(text)) {
      if (!column.given().isEmpty() && !column.missing().value().equals(Optional.of(text))) {
        FittedCategory.require(column, column.given(), text);
      } else if (NumberText.isDate(text)) {
        throw new BadCell(
            NumberText.quoted(text)
                + " looks like a date or a time, of which later ones would be unknown: put numbers"
                + " in its place, as year, month and weekday, or leave the column out; if such"
                + " values are names, give them by category(…).of(…)");
      }
      found.add(text);
    }
  }

  @Override
  FittedColumn fitted() throws BadCell {
    List<String> words = new ArrayList<>(column.given());
    if (words.isEmpty()) {
      words.addAll(found);
      words.sort(
          words.stream().allMatch(word -> WHOLE.matcher(word).matches())
              ? NUMBERS
              : Comparator.naturalOrder());
    }
    Optional<String> filled = column.missing().value();
    if (filled.isPresent() && !words.contains(filled.get())) {
      words.add(filled.get());
    }
    if (words.isEmpty()) {
      throw new BadCell("has no value in any row; leave it out");
    }
    if (column.form() == CategoryColumn.Form.FLAG && words.size() != 2) {
      throw new BadCell(
          String.format(
              Locale.ROOT,
              "is a flag, which has two categories, and has %d: %s; take oneHot(), or name them by"
                  + " of(…)",
              words.size(),
              FittedCategory.some(words)));
    }
    return new FittedCategory(column, ImmutableList.copyOf(words));
  }

  @Override
  Optional<String> note() {
    if (found.size() == 1) {
      return Optional.of("is " + NumberText.quoted(found.iterator().next()) + " in all rows");
    }
    return count > MANY && found.size() * 2 > count
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "has %d categories in %d rows; is it a name or a number of the row?",
                found.size(),
                count))
        : Optional.empty();
  }
}
