package dev.tandem.core.data;

import java.util.Optional;

/** The element types of the IDX format; elements of several bytes have the highest byte first. */
public enum IdxType {
  /** Whole numbers from 0 to 255. */
  UNSIGNED_BYTE(0x08, Byte.BYTES),
  /** Whole numbers from −128 to 127. */
  SIGNED_BYTE(0x09, Byte.BYTES),
  /** Whole numbers of 16 bits. */
  SHORT(0x0B, Short.BYTES),
  /** Whole numbers of 32 bits. */
  INT(0x0C, Integer.BYTES),
  /** Floating point numbers of 32 bits. */
  FLOAT(0x0D, Float.BYTES),
  /** Floating point numbers of 64 bits. */
  DOUBLE(0x0E, Double.BYTES);

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type whose code stands in the third byte of a file. */
  static Optional<IdxType> ofCode(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
