/**
 * The workloads in TensorFlow Java: its core API with one static graph, a session, and the fused
 * Adam kernel; images are channels last.
 */
package dev.tandem.bench.tensorflow;
