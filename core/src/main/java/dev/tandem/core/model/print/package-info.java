/** Summaries and diagrams of models, as data and as text. They know tensors and no models. */
package dev.tandem.core.model.print;
