package dev.tandem.examples.doctor;

import com.google.common.collect.ImmutableList;

/**
 * Findings under a heading.
 *
 * @param heading one or two words
 * @param findings in order
 */
record Section(String heading, ImmutableList<Finding> findings) {

  /**
   * One thing that was looked at.
   *
   * @param name of it
   * @param value what was found
   */
  record Finding(String name, String value) {}

  /** A section of names and values in turns. */
  static Section of(String heading, String... namesAndValues) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      findings.add(new Finding(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Section(heading, findings.build());
  }
}
