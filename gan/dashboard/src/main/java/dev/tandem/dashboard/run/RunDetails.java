package dev.tandem.dashboard.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the folder of a run says, but for its curves.
 *
 * @param summary as in the list
 * @param names of its numbers
 * @param settings flat, by the names that {@code --set} takes
 * @param changes of settings when it went on
 * @param starts its environment at each start; null if that is not there
 * @param models what its trainers move; null if that is not there
 * @param generator facts of the generator; null if there is none
 * @param events what happened
 * @param log its last lines
 * @param pictures of samples, by rounds
 * @param checkpoints names of their folders
 * @param best whether there is a checkpoint that was best
 * @param problems what could not be read
 */
public record RunDetails(
    RunSummary summary,
    List<String> names,
    Map<String, String> settings,
    List<String> changes,
    @Nullable JsonNode starts,
    @Nullable JsonNode models,
    @Nullable JsonNode generator,
    List<Event> events,
    List<String> log,
    List<Picture> pictures,
    List<String> checkpoints,
    boolean best,
    List<String> problems) {

  /**
   * A picture of samples.
   *
   * @param name of its file
   * @param round that it was taken in
   */
  public record Picture(String name, long round) {}

  /**
   * Something that happened.
   *
   * @param kind {@code begin}, {@code watchdog}, {@code warning} or {@code interrupt}
   * @param time as it was logged; empty if it was not
   * @param round that it speaks of, or that was the last one before it; negative if there is none
   * @param places where that round is on each axis of curves, by {@link Curves#AXES}; none if no
   *     line of numbers says so
   */
  public record Event(
      String kind, String time, long round, String text, Map<String, Double> places) {

    Event at(Map<String, Double> found) {
      return new Event(kind, time, round, text, found);
    }
  }
}
