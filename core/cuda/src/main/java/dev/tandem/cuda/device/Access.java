package dev.tandem.cuda.device;

/**
 * A stretch of a card's memory that a command reads or writes.
 *
 * @param written whether it may be written; it may be read then, too
 */
public record Access(long address, long bytes, boolean written) {

  /** The first address behind it. */
  public long end() {
    return address + bytes;
  }

  /** Whether one of two commands has to be done before the other begins. */
  public boolean meets(Access other) {
    return (written || other.written) && address < other.end() && other.address < end();
  }
}
