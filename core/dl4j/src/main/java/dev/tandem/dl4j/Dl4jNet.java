package dev.tandem.dl4j;

import dev.tandem.core.model.Model;

/**
 * A net that DL4J saved, as a model.
 *
 * @param model with DL4J's names and weights, channels last
 * @param report what became of each layer, and what stays behind
 */
public record Dl4jNet(Model model, Dl4jReport report) {}
