package dev.tandem.gan.config;

/**
 * The place that a setting comes from.
 *
 * @param source a file, or an option
 * @param line counted from 1; 0 where there are none
 * @param column counted from 1
 */
record Place(String source, int line, int column) {

  /** An option or the like, which has no lines. */
  static Place of(String source) {
    return new Place(source, 0, 0);
  }

  /** An error at this place. */
  ConfigException error(String message) {
    return new ConfigException(message + " (" + this + ")");
  }

  /** As in {@code run.yaml, line 12, column 11}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ", line " + line + ", column " + column;
  }
}
