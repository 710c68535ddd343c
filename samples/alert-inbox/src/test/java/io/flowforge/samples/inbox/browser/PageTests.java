package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import io.flowforge.samples.inbox.browser.Browser.Look;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person on call sees and can do.
 */
@RequiresBrowser
@TestInstance(Lifecycle.PER_CLASS)
class PageTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private @Nullable TestStack stack;

	private @Nullable Browser browser;

	@BeforeAll
	void start(@TempDir Path folder) throws IOException, InterruptedException {
		this.stack = new TestStack(folder);
		this.browser = new Browser(folder.resolve("profile"));
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.stack != null) {
			this.stack.close();
		}
	}

	@Test
	void first() throws Exception {
		this.browser.open(this.stack.inbox());
		this.stack.services().breakIt("orders-service", "broken");
		this.stack.services().breakIt("inventory-service", "slow");
		this.stack.services().breakIt("catalogue", "broken");
		this.stack.services().breakIt("reports", "broken");
		this.stack.services().breakIt("payments", "gone broken");
		this.stack.services().breakIt("billing", "401");
		this.browser.sleep(Duration.ofSeconds(12));
		pictures("all");
	}

	private void pictures(String name) {
		for (Look look : Look.values()) {
			for (boolean dark : List.of(false, true)) {
				this.browser.look(look, dark);
				this.browser.sleep(Duration.ofMillis(200));
				this.browser.screenshot(SCREENSHOTS
					.resolve("%s-%s-%s.png".formatted(name, look.name().toLowerCase(), dark ? "dark" : "light")));
			}
		}
		this.browser.look(Look.DESKTOP, false);
	}

}
