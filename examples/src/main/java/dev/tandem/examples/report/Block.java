package dev.tandem.examples.report;

import dev.tandem.core.train.LineChart;
import java.util.List;

/** A piece of a report, which each form of it writes in its own way. Texts are as they are. */
sealed interface Block {

  /** A heading, and what is said below it; may be empty. */
  record Heading(String text, String words) implements Block {}

  /** A table; nothing is written of one without rows. */
  record Table(String caption, List<String> head, List<List<String>> rows) implements Block {}

  /** Curves, for a page that can show them. */
  record Curves(List<LineChart> charts) implements Block {}

  /** Pictures of one run. */
  record Pictures(String run, List<Story.Picture> all) implements Block {}

  /** A text that keeps its lines, folded away. */
  record Lines(String caption, String text) implements Block {}
}
