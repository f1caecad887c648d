package dev.tandem.core.data;

/** The origins of the rows of a batch, for messages. */
@FunctionalInterface
public interface BatchPlaces {

  /**
   * The origin of a row, as in {@code row 17}.
   *
   * @param index of the row in the batch, from 0
   */
  String of(int index);
}
