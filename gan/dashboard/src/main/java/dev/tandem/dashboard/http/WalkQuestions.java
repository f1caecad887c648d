package dev.tandem.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.data.DataFileException;
import dev.tandem.dashboard.LatentWalk;
import dev.tandem.dashboard.run.WatchedRun;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ways through latents: bounded, and one at a time. */
final class WalkQuestions {

  private static final Logger LOG = LoggerFactory.getLogger(WalkQuestions.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_COUNT = 8;
  private static final int MOST_FRAMES = 48;
  private static final int MOST_BODY = 1_000;

  private final Optional<LatentWalk> walk;
  private final Semaphore one = new Semaphore(1);

  WalkQuestions(Optional<LatentWalk> walk) {
    this.walk = walk;
  }

  void answer(Context context, WatchedRun run) {
    if (AccessRules.isFromElsewhere(context)) {
      refuse(context, HttpStatus.FORBIDDEN, "ask from the page itself, in application/json");
      return;
    }
    if (walk.isEmpty()) {
      refuse(context, HttpStatus.NOT_IMPLEMENTED, "this dashboard was started without walks");
      return;
    }
    LatentWalk.Ask ask;
    try {
      ask = ask(context.body());
    } catch (IllegalArgumentException e) {
      refuse(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
      return;
    }
    if (!one.tryAcquire()) {
      refuse(context, HttpStatus.TOO_MANY_REQUESTS, "another walk is being drawn; ask again");
      return;
    }
    try {
      LatentWalk.Frames frames = walk.get().draw(run.folder(), ask);
      context
          .header("X-Frames", Integer.toString(frames.frames()))
          .contentType("image/png")
          .result(frames.png());
    } catch (IllegalArgumentException | DataFileException e) {
      refuse(context, HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.warn("a walk through {} failed", run.id(), e);
      refuse(context, HttpStatus.INTERNAL_SERVER_ERROR, "the walk failed: " + e.getMessage());
    } finally {
      one.release();
    }
  }

  private static LatentWalk.Ask ask(String body) {
    JsonNode json;
    try {
      if (body.length() > MOST_BODY) {
        throw new IllegalArgumentException("that is too long for a question");
      }
      json = JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("that is no JSON", e);
    }
    OptionalInt label =
        json.hasNonNull("label")
            ? OptionalInt.of(number(json, "label", 0, Integer.MAX_VALUE))
            : OptionalInt.empty();
    return new LatentWalk.Ask(
        json.path("seed").asLong(1),
        number(json, "count", 1, MOST_COUNT),
        number(json, "frames", 2, MOST_FRAMES),
        label);
  }

  private static int number(JsonNode json, String name, int least, int most) {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
      throw new IllegalArgumentException(
          name + " is no whole number in [" + least + ", " + most + "]: " + value);
    }
    return value.asInt();
  }

  private static void refuse(Context context, HttpStatus status, String text) {
    DashboardServer.refuse(context, status, text);
  }
}
