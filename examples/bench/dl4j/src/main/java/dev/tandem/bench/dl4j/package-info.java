/**
 * The workloads in DL4J: computation graphs for generator, discriminator and the two together,
 * whose parameters are copied to and fro, as its users do.
 */
package dev.tandem.bench.dl4j;
