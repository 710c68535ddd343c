package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.StreamSupport;

import io.flowforge.launcher.Waiting;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, which looks at dashboards.
 */
final class DashboardBrowser implements AutoCloseable {

	/**
	 * What is wrong with the panels of the page, a line for each. A number is cut off
	 * where its text is wider than its cell, or ends outside of its panel.
	 */
	private static final String PROBLEMS = """
			const problems = [];
			const panels = [...document.querySelectorAll('section[data-testid^="data-testid Panel header"]')];
			if (panels.length === 0) { problems.push('no panels'); }
			if (document.querySelector('[role=alert]')) { problems.push(document.querySelector('[role=alert]').innerText); }
			const isOutside = (node, element) => {
			  const text = document.createRange();
			  text.selectNodeContents(node);
			  const inside = text.getBoundingClientRect(), outside = element.getBoundingClientRect();
			  return inside.left < outside.left - 1 || inside.right > outside.right + 1;
			};
			for (const panel of panels) {
			  const title = panel.dataset.testid.replace('data-testid Panel header ', '');
			  const say = (what) => problems.push(title + ': ' + what);
			  if (panel.querySelector('[aria-label="Panel loading bar"]')) { say('is loading'); }
			  if (panel.querySelector('[data-testid^="data-testid Panel status"], [aria-label="Panel status"]')) { say('has an error badge'); }
			  if (panel.querySelector('[data-testid="data-testid Panel data error message"]')) { say('is empty'); }
			  const content = panel.innerText.replace(title, '').trim();
			  if (!content && !panel.querySelector('canvas')) { say('shows nothing'); }
			  if (panel.innerText.includes('unexpected error')) { say('has failed'); }
			  if (panel.innerText.includes('\\u221e')) { say('has a range in place of a state'); }
			  for (const item of panel.querySelectorAll('[data-testid^="data-testid VizLegend series"]')) {
			    if (/^< |\\+$/.test(item.innerText.trim())) { say('has a range in place of a state'); }
			  }
			  for (const heading of panel.querySelectorAll('h2')) {
			    if (heading.scrollWidth > heading.clientWidth) { say('its title is cut off'); }
			  }
			  for (const cell of panel.querySelectorAll('[role=gridcell], [role=cell], [role=columnheader]')) {
			    const isText = cell.innerText.trim().length > 0;
			    const isNumber = /^[-\\d.,]/.test(cell.innerText) || cell.getAttribute('role') === 'columnheader';
			    const isId = /^[0-9a-f]{16,}$/.test(cell.innerText);
			    if (isText && isNumber && !isId && isOutside(cell, cell)) { say('cut off: ' + cell.innerText); }
			  }
			  for (const grid of panel.querySelectorAll('[role=grid]')) {
			    if (grid.scrollWidth > grid.clientWidth + 1) { say('has columns beyond its edge'); }
			  }
			  for (const span of panel.querySelectorAll('span')) {
			    const isNumber = span.children.length === 0 && /\\d/.test(span.innerText) && !span.closest('[role=grid], td, li');
			    if (isNumber && isOutside(span, panel)) { say('cut off: ' + span.innerText); }
			  }
			}
			return problems;
			""";

	/**
	 * The addresses of all links of the page to dashboards.
	 */
	private static final String LINKS = """
			return [...document.querySelectorAll('main a[href*="/d/"], [data-testid="data-testid Dashboard link"]')]
			  .map((link) => link.href);
			""";

	private static final String MENU = """
			return [...document.querySelectorAll('[role=menu] a, #grafana-portal-container a')].map((link) => link.href);
			""";

	// Left, top and width of all panels, with the heading of the first row, and the
	// height of as many lines of panels as fit.
	private static final String EDGES = """
			const panels = [...document.querySelectorAll('section[data-testid^="data-testid Panel header"]')]
			  .map((panel) => panel.getBoundingClientRect());
			const left = Math.min(...panels.map((panel) => panel.left)), right = Math.max(...panels.map((panel) => panel.right));
			const top = Math.min(...panels.map((panel) => panel.top)) - 40;
			const ends = panels.map((panel) => panel.bottom + 8 - top).filter((end) => end <= arguments[0]);
			return [left - 8, top, right - left + 16, Math.max(...ends)];
			""";

	private final ChromeDriver driver;

	/**
	 * Start Chromium.
	 * @param chromium the browser
	 * @param chromedriver what controls it
	 * @param profile an empty folder
	 */
	DashboardBrowser(Path chromium, Path chromedriver, Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-GB", "--user-data-dir=" + profile);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		// With the driver's path, Selenium looks for no driver to download.
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		this.driver = new ChromeDriver(service, options);
	}

	/**
	 * Open a page in a window that is tall enough for all of it: Grafana asks only for
	 * what is in sight.
	 * @param address its address
	 * @param width the width of the window
	 */
	void open(String address, int width) {
		resize(width);
		this.driver.get(address);
	}

	/**
	 * Leave the page, with what it still waits for.
	 */
	void leave() {
		this.driver.get("about:blank");
		refusals();
	}

	void resize(int width) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 5000, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * The addresses of the links to dashboards, also of those that are in a menu.
	 * @param menu the text of a table's cell with a menu of links, or empty
	 * @return the addresses
	 */
	@SuppressWarnings("unchecked")
	List<String> links(String menu) {
		if (!menu.isEmpty()) {
			open(menu);
		}
		return (List<String>) this.driver.executeScript(LINKS);
	}

	/**
	 * The addresses of the links in the menu of a table's cell.
	 * @param cell the text of the cell
	 * @return the addresses, from top to bottom
	 */
	@SuppressWarnings("unchecked")
	List<String> menu(String cell) {
		open(cell);
		return Waiting.forValue("No menu", Duration.ofSeconds(10),
				() -> Optional.of((List<String>) this.driver.executeScript(MENU)).filter((links) -> !links.isEmpty()));
	}

	private void open(String menu) {
		this.driver.findElement(By.xpath("//*[@role='gridcell']//a[@aria-haspopup='menu'][.='%s']".formatted(menu)))
			.click();
	}

	/**
	 * The texts of all links of the page.
	 * @return the texts, from top to bottom
	 */
	@SuppressWarnings("unchecked")
	List<String> linkTexts() {
		return (List<String>) this.driver
			.executeScript("return [...document.querySelectorAll('a')].map((link) => link.innerText.trim())");
	}

	/**
	 * Follow a link of the page.
	 * @param link its text
	 */
	void click(String link) {
		this.driver.findElement(By.xpath("//a[.='%s']".formatted(link))).click();
	}

	@SuppressWarnings("unchecked")
	List<String> problems() {
		return (List<String>) this.driver.executeScript(PROBLEMS);
	}

	String text() {
		return (String) this.driver.executeScript("return document.body.innerText");
	}

	boolean isTooWide() {
		return (Boolean) this.driver
			.executeScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
	}

	/**
	 * Answers with a status of 400 or more since this was last asked.
	 * @return their status and address
	 */
	List<String> refusals() {
		return StreamSupport.stream(this.driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
			.map((entry) -> JsonMapper.shared().readTree(entry.getMessage()).path("message"))
			.filter((message) -> message.path("method").asString().equals("Network.responseReceived"))
			.map((message) -> message.at("/params/response"))
			.filter((response) -> response.path("status").asInt(0) >= 400)
			.map(DashboardBrowser::text)
			.toList();
	}

	private static String text(JsonNode response) {
		return response.path("status").asInt() + " " + response.path("url").asString();
	}

	/**
	 * Write a picture of the upper part of the page.
	 * @param file where to
	 * @param width the width
	 * @param height the height
	 */
	void screenshot(Path file, int width, int height) {
		screenshot(file, Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1));
	}

	/**
	 * Write a picture of the first panels, without what Grafana has around them and
	 * without half a panel.
	 * @param file where to
	 * @param height the height, at most
	 */
	void screenshotOfPanels(Path file, int height) {
		List<?> edges = (List<?>) this.driver.executeScript(EDGES, height);
		screenshot(file, Map.of("x", edges.get(0), "y", edges.get(1), "width", edges.get(2), "height", edges.get(3),
				"scale", 1));
	}

	private void screenshot(Path file, Map<String, Object> clip) {
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot",
				Map.of("format", "png", "clip", clip));
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
