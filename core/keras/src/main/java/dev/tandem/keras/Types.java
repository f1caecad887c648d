package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;

/** The types that layers compute in. */
final class Types {

  private Types() {}

  /** The name of a type or of a policy for types; {@code float32} if there is none. */
  static String name(JsonNode dtype) {
    if (dtype.isTextual()) {
      return dtype.textValue();
    }
    JsonNode name = dtype.path("config").path("name");
    return name.isTextual() ? name.textValue() : "float32";
  }

  /** Remarks on types that are not kept, and refuses those that mean another computation. */
  static void check(Config config) {
    String type = name(config.get("dtype"));
    switch (type) {
      case "float32", "float64", "int32", "int64" -> {}
      case "float16", "bfloat16", "mixed_float16", "mixed_bfloat16" ->
          config.note("computes in float32, not in " + type);
      default ->
          config
              .problems()
              .add(
                  config.place() + ", dtype",
                  "is "
                      + type
                      + "; Tandem computes in float32 or float64: save the model with one of them");
    }
  }
}
