package io.flowforge.observability.systemtests;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.flowforge.drill.message.Inbox;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.server.FaultSwitch;
import io.flowforge.drill.server.Traffic;
import io.flowforge.launcher.Waiting;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.process.Programs;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack of processes, as {@code make dev} brings it up, in which orders-service fails;
 * and the message that tells of it.
 */
final class Evidence implements AutoCloseable {

	static final Duration LIMIT = Duration.ofMinutes(2);

	private static final int WIDTH = 1440;

	private final Launcher launcher;

	private final String output;

	private final Traffic traffic;

	private final Message message;

	private Evidence(Launcher launcher, String output, Traffic traffic, Message message) {
		this.launcher = launcher;
		this.output = output;
		this.traffic = traffic;
		this.message = message;
	}

	/**
	 * Bring up the stack, and let requests fail until somebody is told.
	 * @param launcher what brings it up; it is ended if that fails
	 * @param parts the ids of parts without which the test is skipped
	 * @return what has been told
	 */
	static Evidence collect(Launcher launcher, String... parts) {
		Traffic traffic = null;
		try {
			Assumptions.assumeTrue(launcher.run("collector", "--no-build").isSuccess(), TestBackends.NO_COLLECTOR);
			String output = launcher.run("up").orElseThrow();
			Assumptions.assumeTrue(launcher.noted().keySet().containsAll(Arrays.asList(parts)), output);
			launcher.run("pace", "20").orElseThrow();
			URI orders = launcher.address(Part.ORDERS_SERVICE, "");
			new FaultSwitch(orders).set("{\"errorRatio\":1}");
			traffic = new Traffic(orders, 10);
			traffic.start();
			Inbox inbox = new Inbox(launcher.address(Part.ALERT_INBOX, ""));
			Message message = Waiting.forValue("No message has come", LIMIT,
					() -> inbox.firstAfter(0, Evidence::isOfOrders));
			return new Evidence(launcher, output, traffic, message);
		}
		catch (RuntimeException | Error ex) {
			if (traffic != null) {
				traffic.close();
			}
			launcher.close();
			throw ex;
		}
	}

	private static boolean isOfOrders(Message message) {
		return message.isSlack() && message.isAbout("firing", "orders-service", "Too many requests fail.");
	}

	Launcher launcher() {
		return this.launcher;
	}

	/**
	 * What bringing up the stack has printed.
	 * @return its output
	 */
	String output() {
		return this.output;
	}

	/**
	 * Let one more request fail, the last of all.
	 * @return its trace id
	 */
	String lastFailure() {
		this.traffic.close();
		HttpResponse<Void> failed = Traffic.send(Traffic.order(this.launcher.address(Part.ORDERS_SERVICE, "")));
		assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
		return failed.headers().firstValue("X-Trace-Id").orElseThrow();
	}

	URI link(String text) {
		return this.message.links()
			.stream()
			.filter((link) -> link.text().equals(text))
			.map((link) -> URI.create(link.url()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No link " + text + " in " + this.message.links()));
	}

	static Map<String, String> parameters(String query) {
		Map<String, String> parameters = new TreeMap<>();
		for (String parameter : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return parameters;
	}

	static DashboardBrowser browser(Path profile) {
		return new DashboardBrowser(program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
				program("chromedriver", "chromium.chromedriver"), profile);
	}

	static Path program(String... names) {
		Assumptions.assumeTrue(Programs.find(names).isPresent(), names[0] + " is not on the PATH");
		return Programs.find(names).orElseThrow();
	}

	/**
	 * Open a page, wait for what it has to show, and take its picture.
	 * @param browser the browser
	 * @param address the address of the page
	 * @param picture the name of the picture
	 * @param height the height of the picture
	 * @param texts what the page has to show
	 */
	static void assertShows(DashboardBrowser browser, String address, String picture, int height, String... texts) {
		browser.leave();
		browser.open(address, WIDTH);
		awaitText(browser, picture, height, texts);
	}

	static void awaitText(DashboardBrowser browser, String picture, int height, String... texts) {
		try {
			Waiting.until("%s does not show %s".formatted(picture, Arrays.toString(texts)), LIMIT,
					() -> Stream.of(texts).allMatch(browser.text()::contains));
		}
		finally {
			browser.screenshot(
					Path.of("target/evidence/%s.png".formatted(picture.toLowerCase(Locale.ROOT).replace(' ', '-'))),
					WIDTH, height);
		}
		assertThat(browser.refusals()).isEmpty();
	}

	// Debian's Alertmanager has no page, and the inbox has a form.
	void assertShowsSilence(DashboardBrowser browser, String address, String picture) {
		boolean inbox = URI.create(address).getPort() == this.launcher.port("FLOWFORGE_INBOX_PORT");
		assertShows(browser, address, picture, 900, inbox ? "30 min" : "Duration", inbox ? "Comment" : "Creator");
	}

	@Override
	public void close() {
		this.traffic.close();
		this.launcher.close();
	}

}
