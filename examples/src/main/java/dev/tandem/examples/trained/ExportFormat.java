package dev.tandem.examples.trained;

import java.util.Locale;

/** What a generator may be written as. */
enum ExportFormat {
  ONNX(".onnx"),
  SAFETENSORS(".safetensors"),
  NPZ(".npz"),
  SAMEDIFF(".fb"),
  HUGGINGFACE("-huggingface");

  private final String ending;

  ExportFormat(String ending) {
    this.ending = ending;
  }

  /** What stands behind the name of a run in the name of its export. */
  String ending() {
    return ending;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
