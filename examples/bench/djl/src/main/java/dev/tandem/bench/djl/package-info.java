/**
 * The workloads in DJL: blocks, a trainer for each net, and gradient collectors, on its PyTorch
 * engine.
 */
package dev.tandem.bench.djl;
