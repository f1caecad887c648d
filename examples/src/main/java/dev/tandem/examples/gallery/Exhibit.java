package dev.tandem.examples.gallery;

/**
 * An example with its name.
 *
 * @param name on the command line and of the picture
 * @param summary what it shows, in a few words
 * @param steps rounds after which its picture is worth looking at
 * @param example what is run
 */
record Exhibit(String name, String summary, int steps, Example example) {

  @Override
  public String toString() {
    return name;
  }
}
