package dev.tandem.cuda.text;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Element types as they are written in kernels. */
public enum CType {
  /** float32. */
  FLOAT("float", "f"),
  /** float64. */
  DOUBLE("double", ""),
  /** int32. */
  INT("int", ""),
  /** int64. */
  LONG("long long", ""),
  /** int8. */
  BYTE("signed char", ""),
  /** uint8. */
  UBYTE("unsigned char", ""),
  /** bfloat16: the upper half of a float32's bits. */
  BFLOAT16("unsigned short", ""),
  /** Truth. */
  BOOL("bool", "");

  private final String text;
  private final String suffix;

  CType(String text, String suffix) {
    this.text = text;
    this.suffix = suffix;
  }

  /** That of an element type, or null if kernels have none. */
  public static @Nullable CType of(DataType dtype) {
    return switch (dtype) {
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case INT -> INT;
      case LONG -> LONG;
      case BYTE -> BYTE;
      case UBYTE -> UBYTE;
      case BFLOAT16 -> BFLOAT16;
      case BOOL -> BOOL;
      default -> null;
    };
  }

  /** That of what a parameter of a kernel points to, or null if it points to no such thing. */
  public static @Nullable CType ofParameter(String parameter) {
    String bare = parameter.replace("const ", "").replace("__restrict__", "").replace("*", "");
    for (CType type : values()) {
      if (type.text.equals(bare.strip())) {
        return type;
      }
    }
    return null;
  }

  /** The bytes of an element. */
  public int bytes() {
    return switch (this) {
      case DOUBLE, LONG -> 8;
      case FLOAT, INT -> 4;
      case BFLOAT16 -> 2;
      default -> 1;
    };
  }

  /** The type's name. */
  public String text() {
    return text;
  }

  /** Whether it is float32 or float64. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The name of a mathematical function for this type: {@code expf} or {@code exp}. */
  public String function(String name) {
    return name + suffix;
  }

  /** An element as a number to compute with: bfloat16 as float32. */
  public String widened(String element) {
    return this == BFLOAT16 ? "widened(" + element + ")" : element;
  }

  /** A parameter that is read. */
  public String input() {
    return "const " + text + " *__restrict__ ";
  }

  /** A parameter that is written, and may be read. */
  public String output() {
    return text + " *";
  }

  /** A number of this type. */
  public String number(double value) {
    if (this == BOOL) {
      return value != 0 ? "true" : "false";
    } else if (!isFloating()) {
      return "((" + text + ")" + Math.max(-Long.MAX_VALUE, (long) value) + "LL)";
    } else if (Double.isNaN(value)) {
      return "((" + text + ")NAN)";
    } else if (Double.isInfinite(value)) {
      return "((" + text + ")" + (value < 0 ? "-" : "") + "INFINITY)";
    }
    return this == FLOAT ? Float.toHexString((float) value) + "f" : Double.toHexString(value);
  }
}
