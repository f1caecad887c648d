/** Predictions in ONNX Runtime, of the nets in files that this library has written. */
package dev.tandem.bench.onnxruntime;
