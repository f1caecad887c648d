/** Summaries and diagrams of models, as data and as text. They know tensors and no models. */
@NullMarked
package dev.tandem.core.model.print;

import org.jspecify.annotations.NullMarked;
