package dev.tandem.dl4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer or vertex of the net, the same for both kinds of configuration.
 *
 * @param name as DL4J calls it, and as it is called here
 * @param conf its settings, without the wrappers around it
 * @param inputs what it reads, by name
 * @param preProcessor what DL4J puts in front of it
 * @param frozen whether DL4J holds its weights
 */
record Step(
    String name,
    Section conf,
    List<String> inputs,
    @Nullable Section preProcessor,
    boolean frozen) {}
