package dev.tandem.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of the system, with what tests ask of it. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM =
      Path.of(System.getProperty("tandem.chromium", "/usr/bin/chromium"));
  private static final Path DRIVER =
      Path.of(System.getProperty("tandem.chromedriver", "/usr/bin/chromedriver"));
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it, or leaves the tests out where there is none. */
  static Browser start(Path profile) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "no browser: "
            + CHROMIUM
            + " and "
            + DRIVER
            + " are not both there (Debian: chromium, chromium-driver;"
            + " -Dtandem.chromium and -Dtandem.chromedriver name others)");
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1300,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void open(String url) {
    driver.get("about:blank"); // a page whose address differs by its fragment alone is not loaded
    driver.get(url);
  }

  /** Waits until something holds. */
  void until(String what, Supplier<Boolean> holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (holds.get()) {
          return;
        }
        Thread.sleep(50);
      } catch (StaleElementReferenceException e) {
        // drawn anew meanwhile
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    throw new AssertionError("did not come: " + what + "; the page says\n" + text("body"));
  }

  /** Waits for a text in an element. */
  void untilText(String selector, String words) {
    until(words + " in " + selector, () -> text(selector).contains(words));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  WebElement one(String selector) {
    until(selector, () -> !all(selector).isEmpty());
    return all(selector).get(0);
  }

  /** The texts of all such elements. */
  String text(String selector) {
    Object text =
        script(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')",
            selector);
    return String.valueOf(text);
  }

  /** A click as scripts make it: what moves when it is live is hit all the same. */
  void click(String selector) {
    one(selector);
    script("document.querySelector(arguments[0]).click()", selector);
  }

  void tab(String name) {
    click("#tab-" + name);
    until(name, () -> one("#tab-" + name).getAttribute("aria-selected").equals("true"));
  }

  /** Presses a key where the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void focus(String selector) {
    one(selector);
    script("document.querySelector(arguments[0]).focus()", selector);
  }

  /** What has the focus, as {@code tag#id text}. */
  String focused() {
    return String.valueOf(
        script("const e = document.activeElement; return `${e.tagName}#${e.id} ${e.textContent}`"));
  }

  void shiftTab() {
    press(Keys.chord(Keys.SHIFT, Keys.TAB));
  }

  Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  void prefers(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** What went wrong by the browser's own account, since the last question. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
