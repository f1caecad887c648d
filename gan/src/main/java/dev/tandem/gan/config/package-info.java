/**
 * Runs as files: {@link dev.tandem.gan.config.Config} reads all settings of a run from YAML, or
 * takes them from a recipe, and gives either one back.
 *
 * <pre>{@code
 * AdversarialTraining recipe = Config.read(Path.of("run.yaml")).recipe(data);
 * Config.of(recipe).write(Path.of("copy.yaml"));
 * }</pre>
 *
 * <p>A file is read into a tree of {@code Node}s that know their places. {@code RecordMapping}
 * makes the records of a recipe of it and the other way round: keys are components, {@code type} is
 * the name by which checkpoints know a record too. {@code Layout} lists the keys of the first
 * level.
 */
@NullMarked
package dev.tandem.gan.config;

import org.jspecify.annotations.NullMarked;
