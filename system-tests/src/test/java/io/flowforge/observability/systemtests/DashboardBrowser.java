package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.StreamSupport;

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
	 * where its text is wider than its cell.
	 */
	private static final String PROBLEMS = """
			const problems = [];
			const panels = [...document.querySelectorAll('section[data-testid^="data-testid Panel header"]')];
			if (panels.length === 0) { problems.push('no panels'); }
			for (const panel of panels) {
			  const title = panel.dataset.testid.replace('data-testid Panel header ', '');
			  const say = (what) => problems.push(title + ': ' + what);
			  if (panel.querySelector('[aria-label="Panel loading bar"]')) { say('is loading'); }
			  if (panel.querySelector('[data-testid^="data-testid Panel status"], [aria-label="Panel status"]')) { say('has an error badge'); }
			  if (panel.querySelector('[data-testid="data-testid Panel data error message"]')) { say('is empty'); }
			  if (panel.innerText.includes('\\u221e')) { say('has a range in place of a state'); }
			  for (const heading of panel.querySelectorAll('h2')) {
			    if (heading.scrollWidth > heading.clientWidth) { say('its title is cut off'); }
			  }
			  for (const cell of panel.querySelectorAll('[role=gridcell], [role=cell], [role=columnheader]')) {
			    const text = document.createRange();
			    text.selectNodeContents(cell);
			    const inside = text.getBoundingClientRect(), outside = cell.getBoundingClientRect();
			    const isText = cell.innerText.trim().length > 0;
			    const isNumber = /^[-\\d.,]/.test(cell.innerText) || cell.getAttribute('role') === 'columnheader';
			    if (isText && isNumber && (inside.left < outside.left - 1 || inside.right > outside.right + 1)) {
			      say('cut off: ' + cell.innerText);
			    }
			  }
			}
			return problems;
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

	void resize(int width) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 5000, "deviceScaleFactor", 1, "mobile", false));
	}

	@SuppressWarnings("unchecked")
	List<String> problems() {
		return (List<String>) this.driver.executeScript(PROBLEMS);
	}

	String text() {
		return (String) this.driver.executeScript("return document.body.innerText");
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
	 * @param file where to; its name says the format
	 * @param width the width
	 * @param height the height
	 */
	void screenshot(Path file, int width, int height) {
		String format = file.toString().endsWith(".png") ? "png" : "webp";
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", format,
				"quality", 70, "clip", Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
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
