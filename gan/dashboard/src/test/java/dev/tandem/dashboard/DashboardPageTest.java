package dev.tandem.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.ModelsFile;
import dev.tandem.gan.train.Round;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.openqa.selenium.Keys;

/** The page in a real browser; run where there is one, with {@code -Pbrowser}. */
@Tag("browser")
class DashboardPageTest {

  private static final String EVIL = "<img src=x onerror=document.title='hit'>";

  @TempDir static Path directory;
  private static Path runs;
  private static Dashboard dashboard;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(directory.resolve("profile"));
    runs = Files.createDirectory(directory.resolve("runs"));
    FakeRun.in(runs.resolve("one"), "dcgan", 400).lines(1, 300).picture(100).picture(200);
    FakeRun.in(runs.resolve("two"), "wgan-gp", 400).lines(1, 200).picture(150);
    Files.createDirectory(runs.resolve("one/generator"));
    Files.writeString(runs.resolve("one/generator/manifest.json"), "{}");
    FakeRun.in(runs.resolve(EVIL), EVIL, 400)
        .lines(1, 3)
        .append("log.txt", "2026-01-01T10:00:00Z WARN " + EVIL + "\n");
    dashboard =
        Dashboard.start(runs, DashboardAddress.loopback(0), Optional.of(DashboardPageTest::walk));
  }

  private static LatentWalk.Frames walk(Path run, LatentWalk.Ask ask) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int width = 4 * ask.count();
    ImageIO.write(
        new BufferedImage(width, 4 * ask.frames(), BufferedImage.TYPE_INT_RGB), "png", bytes);
    return new LatentWalk.Frames(bytes.toByteArray(), ask.frames());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (dashboard != null) {
      dashboard.close();
    }
  }

  @AfterEach
  void hasNothingToComplainAbout() {
    assertThat(browser.complaints()).isEmpty();
    browser.prefers("light");
    browser.size(1300, 900);
  }

  private static void open(String fragment) {
    browser.open(dashboard.url() + "#" + fragment);
    browser.untilText("#live", "live");
  }

  private static String picture() {
    return String.valueOf(
        browser.script("return document.querySelector('.chart canvas')?.toDataURL() ?? ''"));
  }

  private static String label() {
    return browser.one(".chart .canvas").getAttribute("aria-label");
  }

  /** Trains in this process, and leaves what a run leaves. */
  private static Thread training(Path folder) {
    Dataset data = Dataset.builder().input("sample", Nd4j.randn(128, 2)).build();
    Thread thread =
        new Thread(
            () -> {
              try (AdversarialTrainer trainer =
                  Presets.named("r3gan").on(data).batch(8).seed(1).start(data)) {
                ModelsFile.write(trainer, folder.resolve("models.json"));
                trainer
                    .with(JsonlLog.to(folder.resolve("metrics.jsonl")).every(1))
                    .with(
                        new AdversarialCallback() {
                          @Override
                          public void onRound(AdversarialTrainer of, Round round) {
                            if (Thread.currentThread().isInterrupted()) {
                              of.stop("enough");
                            }
                          }
                        });
                trainer.train(20_000);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void run_thatStarts_appearsAndItsCurvesMove() throws Exception {
    open("run=one");
    Path folder = Files.createDirectory(runs.resolve("fresh"));
    Thread training = training(folder);
    try {
      browser.untilText("#runs", "fresh");
      browser.open(dashboard.url() + "#run=fresh");
      browser.untilText(".chart h2", "Losses");
      browser.until("a curve", () -> picture().length() > 2_000);
      String before = picture();
      String told = label();
      browser.until("a curve that moves", () -> !picture().equals(before));
      browser.until("another label", () -> !label().equals(told));
      assertThat(label()).startsWith("Losses over round. D loss: now ");
      assertThat(browser.text(".badge")).isEqualTo("running");

      browser.tab("models");
      browser.untilText("#panel", "generator step");
      assertThat(browser.all(".graph [data-moves=yes]")).isNotEmpty();
      assertThat(browser.all(".graph [data-moves=no]")).isNotEmpty();
      browser.script(
          "[...document.querySelectorAll('.choice button')].find(b => b.textContent === 'generator"
              + " step').click()");
      assertThat(browser.text("#panel table")).contains("frozen", "moves");
    } finally {
      training.interrupt();
      training.join();
    }
  }

  @Test
  void samples_areSlidThroughByKeys() {
    open("run=one&tab=samples");
    browser.until("the last picture", () -> "Samples of one at round 200".equals(alt()));
    browser.focus("#time");
    browser.press(Keys.HOME);
    browser.until("the first picture", () -> "Samples of one at round 100".equals(alt()));
    assertThat(browser.text("output")).isEqualTo("round 100");
    browser.press(Keys.ARROW_RIGHT);
    browser.until("the next picture", () -> "Samples of one at round 200".equals(alt()));
    browser.until(
        "pixels",
        () ->
            Boolean.TRUE.equals(
                browser.script("return document.querySelector('figure img').naturalWidth === 16")));
  }

  private static String alt() {
    return String.valueOf(browser.script("return document.querySelector('figure img')?.alt"));
  }

  @Test
  void twoRuns_areComparedInCurvesSettingsAndSideBySide() {
    open("run=one");
    browser.untilText(".chart h2", "Losses");
    browser.click("input[aria-label='Show two beside others']");
    browser.untilText(".legend", "two D loss");
    assertThat(browser.text("#overview table")).contains("one", "two");

    browser.script(
        "[...document.querySelectorAll('.choice button')].find(b => b.textContent === 'Side by"
            + " side').click()");
    browser.until("pairs", () -> browser.all(".charts.pairs .chart").size() >= 8);
    assertThat(browser.script("return location.hash").toString()).contains("side=1", "run=two");

    browser.tab("settings");
    browser.untilText("#panel table", "wgan-gp");
    assertThat(browser.text("#panel tbody")).contains("name").doesNotContain("penalties[0].gamma");
    browser.click(".check input");
    browser.untilText("#panel tbody", "penalties[0].gamma");

    browser.tab("samples");
    browser.until("both", () -> browser.all("figure img").size() == 2);
  }

  @Test
  void colors_followTheSystemAndTheSwitch() {
    open("run=one");
    String back = "return getComputedStyle(document.body).backgroundColor";
    Object light = browser.script(back);
    browser.prefers("dark");
    browser.until("dark", () -> !browser.script(back).equals(light));
    browser.click("#theme");
    assertThat(browser.text("#theme")).isEqualTo("Theme: light");
    assertThat(browser.script(back)).isEqualTo(light);
    browser.click("#theme");
    assertThat(browser.text("#theme")).isEqualTo("Theme: dark");
    browser.click("#theme");
    assertThat(browser.text("#theme")).isEqualTo("Theme: system");
  }

  @Test
  void keyboard_reachesTabsChartsAndTables() {
    open("run=one");
    browser.until("a curve", () -> picture().length() > 2_000);
    browser.press(Keys.TAB);
    assertThat(browser.focused()).isEqualTo("A# Skip to the selected runs");
    browser.focus("#tab-curves");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.focused()).startsWith("BUTTON#tab-samples");
    browser.press(Keys.HOME);
    assertThat(browser.focused()).startsWith("BUTTON#tab-curves");

    browser.until("a curve", () -> picture().length() > 2_000);
    browser.focus(".chart .canvas");
    browser.press("+");
    browser.until(
        "zoom", () -> browser.script("return location.hash").toString().contains("zoom="));
    browser.press("0");
    browser.until(
        "all of it", () -> !browser.script("return location.hash").toString().contains("zoom="));

    browser.focus(".chart header button");
    browser.press(Keys.SPACE);
    browser.untilText(".chart table", "D loss");
    assertThat(browser.text(".chart tbody")).contains("300");
  }

  @Test
  void axisSmoothingAndScale_areKeptInTheAddress() {
    open("run=one&axis=seconds&smooth=0.9&log=1");
    browser.until("a curve", () -> picture().length() > 2_000);
    assertThat(label()).startsWith("Losses over training time.");
    assertThat(browser.one("#smoothing").getAttribute("value")).isEqualTo("0.9");
    browser.focus("#smoothing");
    browser.press(Keys.HOME);
    browser.until(
        "no smoothing",
        () -> !browser.script("return location.hash").toString().contains("smooth"));
    assertThat(browser.script("return location.hash").toString()).contains("axis=seconds", "log=1");
  }

  @Test
  void name_thatIsMarkup_isShownAsItIs() {
    open("");
    browser.untilText("#runs", EVIL);
    browser.script(
        "[...document.querySelectorAll('#runs button')].find(b =>"
            + " b.textContent.includes('onerror')).click()");
    browser.untilText("h1", EVIL);
    for (String tab : new String[] {"samples", "walk", "models", "settings", "events", "curves"}) {
      browser.tab(tab);
      browser.untilText("#panel", "");
    }
    assertThat(browser.all("img[src=x]")).isEmpty();
    assertThat(browser.script("return document.title").toString()).isNotEqualTo("hit");
  }

  @Test
  void walk_isDrawnAndPlayed() {
    open("run=one&tab=walk");
    browser.until("a generator", () -> browser.one("button.strong").isEnabled());
    browser.click("button.strong");
    browser.untilText("#panel", "36 places of 6 samples.");
    browser.until("a canvas", () -> browser.one(".stage canvas").isDisplayed());
  }

  @Test
  void page_onAPhone_isNotWiderThanIt() {
    browser.size(390, 844);
    for (String tab : new String[] {"curves", "samples", "walk", "models", "settings", "events"}) {
      open("run=one&run=two&tab=" + tab);
      browser.untilText("#tabs", "Curves");
      browser.until(
          tab + " fits",
          () ->
              Boolean.TRUE.equals(
                  browser.script("return document.documentElement.scrollWidth <= innerWidth")));
    }
  }

  @Test
  void folder_withoutRuns_saysWhatToDoAndShowsTheFirst() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    try (Dashboard other = Dashboard.start(empty, DashboardAddress.loopback(0), Optional.empty())) {
      browser.open(other.url());
      browser.untilText("#panel", "tandem gan --preset dcgan --data mnist --out " + empty);
      FakeRun.in(empty.resolve("first"), "dcgan", 10).lines(1, 3);
      browser.untilText("h1", "first");
      browser.open("about:blank");
    }
  }
}
