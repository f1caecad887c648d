/**
 * One trunk with two heads on MNIST: which digit is it, and is it odd. Two models share the trunk's
 * layers; two trainers take turns. The trainer of digits moves trunk and head, that of parity its
 * head alone, by {@code only(...)}: the trunk learns from one of them and serves both.
 */
@NullMarked
package dev.tandem.examples.heads;

import org.jspecify.annotations.NullMarked;
