package dev.tandem.examples.bench;

/** What to compare a workload with, in one run. */
enum Rival {
  /** SameDiff, under this library and alone. */
  SAMEDIFF,
  /** The gan module's trainer on the same nets. */
  TRAINER
}
