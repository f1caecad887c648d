package dev.tandem.cuda.group;

import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;

/**
 * What an argument of a launch points to.
 *
 * @param parameter its type, as in {@code const float *}, without saying that it is apart from
 *     others
 * @param length how many elements lie there
 */
record Argument(String parameter, long address, long length) {

  static Argument of(String parameter, long address, long length) {
    return new Argument(parameter.replace("__restrict__ ", ""), address, length);
  }

  /** One that is written. */
  static Argument written(CType type, long address, long length) {
    return new Argument(type.output(), address, length);
  }

  /** One that is read. */
  static Argument read(CType type, long address, long length) {
    return of(type.input(), address, length);
  }

  /** Whether it is a number, and no address. */
  boolean isNumber() {
    return parameter.equals(Command.Launch.NUMBER);
  }

  boolean written() {
    return !parameter.startsWith("const ");
  }

  /** The type of its elements, as a text has it. */
  String type() {
    return parameter.replace("const ", "").replace("*", "").strip();
  }

  Access access() {
    return new Access(
        address, isNumber() ? 0 : length * CType.bytes(parameter), !isNumber() && written());
  }

  boolean meets(Argument other) {
    return access().meets(other.access());
  }

  boolean isSameAs(Argument other) {
    return address == other.address && length == other.length && type().equals(other.type());
  }
}
