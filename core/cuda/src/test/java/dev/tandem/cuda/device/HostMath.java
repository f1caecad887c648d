package dev.tandem.cuda.device;

/** What a card's libraries compute, on the host. */
final class HostMath {

  private HostMath() {}

  static void run(Command command) {
    throw new UnsupportedOperationException(command.toString());
  }
}
