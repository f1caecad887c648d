/**
 * The workloads in libtorch: modules, autograd and Adam of its C++ API, through JavaCPP's presets.
 */
package dev.tandem.bench.torch;
