package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Chromium without a window.
 */
final class Browser implements AutoCloseable {

	/**
	 * What has a scroll bar of its own or is wider than the window, a line for each.
	 */
	private static final String WHAT_SCROLLS = """
			const wrong = [];
			const page = document.documentElement;
			if (page.scrollWidth > page.clientWidth) {
				wrong.push('the page: ' + page.scrollWidth + ' > ' + page.clientWidth);
			}
			for (const element of document.querySelectorAll('body *')) {
				if (!element.checkVisibility() || element.closest('.unseen, .skip')) {
					continue;
				}
				const visible = getComputedStyle(element).overflow === 'visible';
				if (!visible && element.tagName !== 'INPUT' && element.scrollHeight > element.clientHeight) {
					wrong.push(element.outerHTML.slice(0, 80) + ' scrolls');
				}
				if (element.getBoundingClientRect().right > page.clientWidth) {
					wrong.push(element.outerHTML.slice(0, 80) + ' is too wide');
				}
				const mail = element.contentDocument?.documentElement;
				if (mail && mail.scrollHeight > element.clientHeight) {
					wrong.push('a mail scrolls: ' + mail.scrollHeight + ' > ' + element.clientHeight);
				}
				if (mail && mail.scrollWidth > element.clientWidth) {
					wrong.push('a mail is cut off: ' + mail.scrollWidth + ' > ' + element.clientWidth);
				}
			}
			return wrong;
			""";

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ChromeDriver driver;

	/**
	 * Start Chromium.
	 * @param profile an empty folder
	 */
	Browser(Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(Program.CHROMIUM.path().toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-GB", "--user-data-dir=" + profile);
		// With the driver's path, Selenium looks for no driver to download.
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(Program.CHROMEDRIVER.path().toFile())
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		this.driver = new ChromeDriver(service, options);
		// Readers are not where servers are.
		timeZone("Europe/Vienna");
		this.driver.executeCdpCommand("Emulation.setLocaleOverride", Map.of("locale", "en-GB"));
		look(Look.DESKTOP, false);
	}

	void timeZone(String zone) {
		this.driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
	}

	void open(String address) {
		this.driver.get(address);
	}

	String title() {
		return this.driver.getTitle() + "";
	}

	String text(String css) {
		return String.join("\n", all(css).stream().map(WebElement::getText).toList());
	}

	WebElement one(String css) {
		return this.driver.findElement(By.cssSelector(css));
	}

	List<WebElement> all(String css) {
		return this.driver.findElements(By.cssSelector(css));
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	void press(CharSequence... keys) {
		focused().sendKeys(keys);
	}

	/**
	 * Press Tab until an element with a name has the focus.
	 * @param name accessible name
	 */
	void tabTo(String name) {
		for (int i = 0; i < 200; i++) {
			press(Keys.TAB);
			if (focused().getAccessibleName().equals(name)) {
				return;
			}
		}
		throw new AssertionError("\"" + name + "\" is not reached with Tab");
	}

	@SuppressWarnings("unchecked")
	<T> T run(String script, Object... arguments) {
		return (T) this.driver.executeScript(script, arguments);
	}

	void look(Look look, boolean dark) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", look.width, "height",
				look.height, "deviceScaleFactor", 2, "mobile", look == Look.PHONE));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
	}

	void openDetails(String css) {
		run("document.querySelectorAll(arguments[0]).forEach((details) => details.open = true)", css);
	}

	/**
	 * Whether all open mails are there. Each is loaded when it comes into sight, to which
	 * it is brought.
	 * @return whether none is missing
	 */
	boolean hasLoadedAllMails() {
		return this.<Boolean>run("""
				const isLoaded = (mail) => mail.URL.includes('/mails/') && mail.readyState === 'complete';
				const missing = [...document.querySelectorAll('details[open] iframe')]
					.filter((frame) => !isLoaded(frame.contentDocument));
				missing[0]?.scrollIntoView();
				return missing.length === 0;
				""");
	}

	List<String> whatScrolls() {
		return run(WHAT_SCROLLS);
	}

	/**
	 * Write a picture of the whole page.
	 * @param file where to
	 */
	void screenshot(Path file) {
		Map<String, Object> size = run("return {width: document.documentElement.clientWidth,"
				+ " height: Math.min(4000, document.documentElement.scrollHeight)}");
		screenshot(file, Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1));
	}

	void screenshot(Path file, Map<String, Object> clip) {
		run("window.scrollTo(0, 0)");
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot",
				Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a picture of elements and a margin around them, one pixel for each of CSS.
	 * @param css the elements
	 * @param file where to
	 */
	void screenshotOf(String css, Path file) {
		run("window.scrollTo(0, 0)");
		screenshot(file,
				run("""
						const boxes = [...document.querySelectorAll(arguments[0])].map((element) => element.getBoundingClientRect());
						const {left, top, width} = boxes[0];
						return {x: left - 12, y: top - 12, width: width + 24, height: boxes.at(-1).bottom - top + 24, scale: 0.5};
						""",
						css));
	}

	void await(String what, BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!isTrue(condition)) {
			if (System.nanoTime() > end) {
				throw new AssertionError("No sign of " + what + ". The page:\n" + text("body") + "\n" + whatScrolls());
			}
			sleep(Duration.ofMillis(100));
		}
	}

	// The page can change while it is read.
	private static boolean isTrue(BooleanSupplier condition) {
		try {
			return condition.getAsBoolean();
		}
		catch (StaleElementReferenceException ex) {
			return false;
		}
	}

	void sleep(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * A size of the window.
	 */
	enum Look {

		DESKTOP(1280, 900), PHONE(390, 844), PICTURE(860, 400);

		private final int width;

		private final int height;

		Look(int width, int height) {
			this.width = width;
			this.height = height;
		}

		int width() {
			return this.width;
		}

	}

}
