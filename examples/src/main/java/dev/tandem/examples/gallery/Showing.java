package dev.tandem.examples.gallery;

import dev.tandem.core.op.Engine;
import dev.tandem.gan.train.AdversarialCallback;

/**
 * How an example is run.
 *
 * @param steps rounds of training
 * @param engine that runs them
 * @param log what is told of each round
 */
record Showing(int steps, Engine engine, AdversarialCallback log) {}
