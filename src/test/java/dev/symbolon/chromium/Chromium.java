package dev.symbolon.chromium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.symbolon.http.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The system's Chromium without a window, with a profile of its own. */
final class Chromium implements AutoCloseable {
    /** It warns of each new version of Chromium; held here, since loggers are held weakly. */
    private static final Logger NOISE = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private static final Optional<File> BROWSER = executable("chromium");
    private static final Optional<File> DRIVER = executable("chromedriver");
    private static final int STARTS = 3;
    private static final String AXE = resource("/axe.min.js");

    private final ChromeDriver driver;

    Chromium() {
        NOISE.setLevel(Level.OFF);
        driver = started();
        driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10));
        driver.executeCdpCommand("Network.enable", Map.of());
    }

    /** On a loaded machine it dies now and then while it starts, which says nothing about our pages. */
    private static ChromeDriver started() {
        for (int attempt = 1; ; attempt++) {
            var started = new ChromeDriver(service(), options());
            try {
                started.get("data:text/html,<h1>It%20runs</h1>");
                return started;
            } catch (WebDriverException e) {
                started.quit();
                if (attempt == STARTS) {
                    throw e;
                }
            }
        }
    }

    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow())
                .build();
    }

    private static ChromeOptions options() {
        var options = new ChromeOptions();
        options.setBinary(BROWSER.orElseThrow());
        options.addArguments(
                "--headless=new",
                "--hide-scrollbars",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--lang=en");
        return options;
    }

    /** Whether there is one on this machine. */
    static boolean isInstalled() {
        return BROWSER.isPresent() && DRIVER.isPresent();
    }

    private static Optional<File> executable(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> new File(directory, name))
                .filter(File::canExecute)
                .findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = Chromium.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** The heading of the page, which has to be this one in the end. */
    void sees(String heading) {
        driver.findElement(By.xpath("//h1[.=\"" + heading + "\"]"));
    }

    /** What has to be somewhere on the page in the end. */
    void reads(String text) {
        driver.findElement(By.xpath("//main[contains(., \"" + text + "\")]"));
    }

    void press(String button) {
        driver.findElement(By.xpath("//button[normalize-space(.)=\"" + button + "\"]"))
                .click();
    }

    /** All that it knows from before and was told to do, as if it were started again, which takes seconds. */
    void forget() {
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** Into the form that this browser shows, as if it had been open for too long. */
    void spoilForms() {
        driver.executeScript("document.querySelectorAll('[name=form_token]').forEach(field => field.value = 'x')");
    }

    /** What a script of the page that is open gets, as text. */
    String evaluate(String asyncFunctionBody) {
        return String.valueOf(driver.executeAsyncScript("const done = arguments[0];" + "(async () => { "
                + asyncFunctionBody + " })().then(done, failure => done(String(failure)));"));
    }

    /** Into whatever has the focus. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void fill(String label, String text) {
        WebElement field =
                driver.findElement(By.xpath("//input[@id=//label[normalize-space(.)=\"" + label + "\"]/@for]"));
        field.clear();
        field.sendKeys(text);
    }

    /** @param width in CSS pixels */
    void looksLike(int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Pages show themselves as if the script of ours had not come through. */
    void withoutOurScript() {
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/submit.js")));
    }

    /** What axe-core finds fault with, and a page that is wider than its window. */
    List<String> faults() {
        driver.executeScript("if (!window.axe) {" + AXE + "}");
        Object found = driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run().then(r => done(r.violations.concat(r.incomplete)"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join())));");
        JsonNode json = Json.MAPPER.valueToTree(found);
        List<String> faults = new ArrayList<>();
        json.forEach(fault -> faults.add(fault.textValue()));
        Object wider = driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
        if (Boolean.TRUE.equals(wider)) {
            faults.add("it has to be scrolled sideways");
        }
        return faults;
    }

    /** For people to look at: all of the page, however long. */
    void photograph(String name) {
        try {
            Path directory = Files.createDirectories(Path.of("target/screenshots"));
            Files.write(directory.resolve(name + ".png"), picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] picture() {
        var whole = Map.<String, Object>of("format", "png", "captureBeyondViewport", true);
        return Base64.getDecoder().decode((String)
                driver.executeCdpCommand("Page.captureScreenshot", whole).get("data"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
