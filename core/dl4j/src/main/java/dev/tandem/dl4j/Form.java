package dev.tandem.dl4j;

/** What a tensor is to DL4J, and how it lies here. */
enum Form {
  /** (batch, features), on both sides. */
  ROW("rows (batch, features)"),
  /** DL4J: (batch, channels, height, width); here (batch, height, width, channels). */
  IMAGE("images (batch, height, width, channels)"),
  /** DL4J: a row of channels · height · width; here still the image that it was made of. */
  FLAT_IMAGE("flattened images"),
  /** DL4J: (batch, features, time); here (batch, time, features). */
  SEQUENCE("sequences (batch, time, features)"),
  /** Whole numbers, of which an embedding takes rows. */
  INTEGERS("whole numbers");

  private final String text;

  Form(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
