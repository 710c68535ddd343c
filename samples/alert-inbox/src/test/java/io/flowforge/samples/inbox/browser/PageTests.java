package io.flowforge.samples.inbox.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import io.flowforge.samples.inbox.browser.Browser.Look;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person on call sees and can do. The pictures are in {@code target/screenshots}.
 */
@RequiresBrowser
@TestInstance(Lifecycle.PER_CLASS)
class PageTests {

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private TestStack stack;

	private Browser browser;

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

	@BeforeEach
	void calm() {
		boolean broken = this.stack.services().healAll();
		this.browser.look(Look.DESKTOP, false);
		this.browser.open(this.stack.inbox().page());
		await("calm", () -> text("#now-summary").equals("Nothing is firing."));
		if (broken) {
			// The all-clear of the test before is still on its way.
			this.browser.sleep(Duration.ofSeconds(3));
		}
		this.stack.inbox().clear();
		this.browser.open(this.stack.inbox().page());
	}

	@Test
	void saysPlainlyThatNothingIsWrong() {
		assertThat(text("#now")).isEqualToIgnoringCase("Now\nNothing is firing.");
		assertThat(text("#empty")).startsWith("Nothing yet.");
		assertThat(this.browser.title()).isEqualTo("Alert inbox");
		await("the watchdog", () -> text("#watchdog").startsWith("Watchdog last heard "));
		pictures("calm");
	}

	@Test
	void pendingAlertCountsDown() {
		this.stack.services().breakIt("shipping", "slow");
		await("a pending alert", () -> text(".alert.pending").contains("shipping production"));
		assertThat(text("#now-summary")).isEqualTo("Nothing is firing: 1 pending.");
		String before = text(".alert.pending .countdown");
		assertThat(before).matches("9 min \\d+ s");
		await("the countdown to go on", () -> !text(".alert.pending .countdown").equals(before));
		assertThat(this.browser.title()).isEqualTo("Alert inbox");
		pictures("pending");
	}

	@Test
	void slackMessageMailAndAllClearAreOneCard() {
		this.stack.services().breakIt("orders-service", "broken");
		await("both messages", () -> this.browser.all(".card.firing .message.slack").size() == 1
				&& this.browser.all(".card.firing .message.mail").size() == 1);
		assertThat(text("#now-summary")).isEqualTo("1 firing.");
		assertThat(this.browser.title()).isEqualTo("(1) Alert inbox");
		assertThat(this.browser.all(".card")).hasSize(1);
		assertThat(text(".card .badge")).isEqualTo("Firing");
		assertThat(text(".card h3")).isEqualTo("orders-service production");
		assertThat(text(".card .states b")).isEqualTo("FlowForgeHighErrorRatio");
		assertThat(this.browser.all(".event")).hasSize(1);
		pictures("firing");
		this.browser.run("window.sameCard = document.querySelector('.card')");
		this.stack.services().heal("orders-service");
		await("the all-clear of both", () -> this.browser.all(".card.resolved .event").size() == 2
				&& this.browser.all(".card .message").size() == 4);
		assertThat(this.browser.<Boolean>run("return window.sameCard === document.querySelector('.card')")).isTrue();
		assertThat(this.browser.all(".card")).hasSize(1);
		assertThat(text(".card .badge")).isEqualTo("Resolved");
		assertThat(text(".card .when")).matches("\\d\\d:\\d\\d:\\d\\d – \\d\\d:\\d\\d:\\d\\d · \\d+ s");
		assertThat(this.browser.all(".event-head b")).extracting(WebElement::getText)
			.containsExactly("Resolved", "Fired");
		await("calm", () -> text("#now-summary").equals("Nothing is firing."));
		assertThat(this.browser.title()).isEqualTo("Alert inbox");
		pictures("resolved");
	}

	@Test
	void silencesAndUnsilencesFromTheCardWithTheKeyboardOnly() throws IOException, InterruptedException {
		this.stack.services().breakIt("inventory-service", "broken");
		await("the message", () -> text(".card.firing h3").contains("inventory-service"));
		this.browser.tabTo("Skip to the messages");
		this.browser.press(Keys.ENTER);
		this.browser.tabTo("Silence FlowForgeHighErrorRatio of inventory-service");
		assertThat(this.browser.<Boolean>run("return document.activeElement.closest('.card') !== null")).isTrue();
		assertThat(this.browser.<String>run("return getComputedStyle(document.activeElement).outlineStyle"))
			.isEqualTo("solid");
		this.browser.press(Keys.ENTER);
		this.browser.press(Keys.TAB);
		this.browser.press(Keys.ARROW_RIGHT);
		assertThat(this.browser.focused().getAccessibleName()).isEqualTo("2 h");
		this.browser.press(Keys.TAB);
		this.browser.press("Rolling back", Keys.ENTER);
		await("the silence", () -> text(".card .state").contains("silenced until "));
		assertThat(this.stack.alertmanager().get("/api/v2/silences")).contains("\"createdBy\":\"alert-inbox\"",
				"\"comment\":\"Rolling back\"", "\"value\":\"inventory-service\"", "\"value\":\"production\"",
				"\"value\":\"FlowForgeHighErrorRatio\"", "\"state\":\"active\"");
		assertThat(text(".card .state")).contains("Silenced by alert-inbox: Rolling back");
		assertThat(text("#now-summary")).isEqualTo("1 silenced.");
		assertThat(text(".alert.silenced .when")).startsWith("silenced until ");
		assertThat(this.browser.focused().getAccessibleName())
			.isEqualTo("Unsilence FlowForgeHighErrorRatio of inventory-service");
		assertThat(text(".card .badge")).isEqualTo("Silenced");
		pictures("silenced");
		this.browser.press(Keys.ENTER);
		await("the end of the silence", () -> text("#now-summary").equals("1 firing."));
		assertThat(this.stack.alertmanager().get("/api/v2/silences")).doesNotContain("\"state\":\"active\"");
		assertThat(text(".card .state")).doesNotContain("silenced");
	}

	/**
	 * Where Alertmanager has no page, the link of a message has the inbox's address in
	 * place of Alertmanager's.
	 */
	@Test
	void linkOfAMessageOpensTheSilenceOfItsClusterOnly() throws IOException, InterruptedException {
		this.stack.services().breakIt("ferries", "broken");
		await("a card for each cluster",
				() -> this.browser.all(".card.firing .slack").size() == 2 && text("#now-summary").equals("2 firing."));
		assertThat(text(".alert.firing h3")).contains("ferries production, north", "ferries production, south");
		List<String> links = this.browser
			.<List<String>>run("return [...document.querySelectorAll('.slack a')].map((link) => link.href)")
			.stream()
			.filter((link) -> link.contains("/#/silences/new?filter=") && link.contains("south"))
			.toList();
		assertThat(links).hasSize(1);
		String fragment = links.get(0).substring(links.get(0).indexOf('#'));
		this.browser.open("about:blank");
		this.browser.open(this.stack.inbox().page() + fragment);
		await("the form", () -> this.browser.all(".silence[open]").size() == 1);
		assertThat(text(".silence[open] legend")).isEqualTo("Silence FlowForgeHighErrorRatio of ferries in south for");
		assertThat(this.browser.focused().getAccessibleName()).isEqualTo("30 min");
		this.browser.press(Keys.ENTER);
		await("the silence", () -> text("#now-summary").equals("1 firing, 1 silenced."));
		assertThat(text(".alert.silenced h3")).isEqualTo("ferries production, south");
		assertThat(this.browser.all(".card .badge")).extracting(WebElement::getText)
			.containsExactlyInAnyOrder("Firing", "Silenced");
		assertThat(this.stack.alertmanager().get("/api/v2/silences")).contains("\"value\":\"south\"")
			.doesNotContain("north");
		// Without a cluster, as from a dashboard, there still is a form.
		this.browser.open("about:blank");
		this.browser.open(this.stack.inbox().page() + fragment.replace("%2Ccluster%3D%22south%22", ""));
		await("the form", () -> this.browser.all(".silence[open]").size() == 1);
		pictures("clusters");
		this.browser.one(".alert.silenced button").click();
		await("the end of the silence", () -> text("#now-summary").equals("2 firing."));
	}

	@Test
	void alertThatEndsUnderASilenceIsOver() {
		this.stack.services().breakIt("inventory-service", "broken");
		await("the message", () -> text(".card.firing h3").contains("inventory-service"));
		this.browser.one(".card .silence summary").click();
		this.browser.one(".card .silence button").click();
		await("the silence", () -> text(".card .state").contains("silenced until "));
		this.stack.services().heal("inventory-service");
		await("the end", () -> text(".card .badge").equals("Over"));
		assertThat(text(".card")).contains("It fires no longer.");
		assertThat(text(".alert.idle")).contains("alertname=\"FlowForgeHighErrorRatio\"");
		this.browser.one(".alert.idle button").click();
		await("the end of the silence", () -> this.browser.all(".alert").isEmpty());
	}

	@Test
	void refusalOfAlertmanagerIsSaidInTheCard() {
		this.stack.services().breakIt("search", "broken");
		await("the message", () -> text(".card.firing h3").contains("search"));
		this.browser.one(".card .silence summary").click();
		this.browser.run("document.querySelector('.card form').dataset.alertname = ''");
		this.browser.one(".card .silence button").click();
		await("the reason",
				() -> text(".card .outcome").equals("A silence needs an alert and a duration of the list."));
	}

	@Test
	void mutedAlertsSayUntilWhen() {
		this.stack.services().breakIt("catalogue", "broken");
		this.stack.services().breakIt("reports", "broken slow");
		await("muted alerts", () -> this.browser.all(".alert.muted").size() == 2);
		assertThat(text("#now-summary")).isEqualTo("1 pending, 2 muted.");
		assertThat(text(".alert.muted")).contains("the time interval \"always\" mutes its route for more than a week.")
			.contains("the time interval \"these-two-days\" mutes its route.")
			.containsPattern("muted until \\w{3},? \\d+ \\w+,? \\d+:00");
		assertThat(text(".alert.pending"))
			.contains("Nobody will be notified: the time interval \"these-two-days\" mutes its route.");
		assertThat(this.browser.all(".card")).isEmpty();
		pictures("muted");
	}

	@Test
	void inhibitedAlertNamesTheOneThatExplainsIt() {
		this.stack.services().breakIt("payments", "gone broken");
		await("both", () -> text("#now-summary").equals("1 firing, 1 inhibited."));
		assertThat(text(".alert.inhibited")).contains("Held back by FlowForgeServiceDown of payments.");
		pictures("inhibited");
	}

	@Test
	void scrapeThatIsNotAllowedIsExplained() {
		this.stack.services().breakIt("billing", "401");
		await("the reason", () -> text(".alert.firing .hint")
			.contains("/billing/actuator/prometheus: server returned HTTP status 401 Unauthorized."));
		assertThat(text(".alert.firing .hint")).contains("does not let Prometheus in");
		this.browser.all(".alert.firing a")
			.stream()
			.filter((link) -> link.getText().equals("Runbook"))
			.forEach((link) -> assertThat(link.getAttribute("href")).endsWith("/runbooks/FlowForgeServiceDown.md"));
		pictures("unauthorized");
	}

	@Test
	void nothingScrollsWithinThePage() {
		this.stack.services().breakIt("orders-service", "broken");
		this.stack.services().breakIt("payments", "gone broken");
		this.stack.services().breakIt("billing", "401");
		// Four, where the two alerts of payments reach Alertmanager one after the other.
		await("all cards",
				() -> this.browser.all(".card").size() == 3 && this.browser.all(".card .message.mail").size() >= 3);
		this.stack.inbox()
			.mail("Subject: " + "long".repeat(100) + "\nContent-Type: text/html\n\n<table width=2000><tr><td>"
					+ "word".repeat(500) + "</td></tr></table><div style='height:1200px;width:3000px'>high</div>");
		await("the long mail", () -> this.browser.all(".card").size() == 4);
		for (Look look : List.of(Look.DESKTOP, Look.PHONE)) {
			this.browser.look(look, false);
			this.browser.openDetails("details");
			await("all mails", this.browser::hasLoadedAllMails);
			await("no element with a scroll bar", () -> this.browser.whatScrolls().isEmpty());
			assertThat(this.browser.all(".message.mail iframe")).hasSizeGreaterThanOrEqualTo(4)
				.allSatisfy((frame) -> assertThat(frame.getSize().height).isGreaterThan(100));
			this.browser.screenshot(SCREENSHOTS.resolve("everything-open-%s.png".formatted(name(look))));
		}
	}

	@Test
	void updateLeavesAloneWhatIsReadAndTyped() {
		this.stack.services().breakIt("search", "broken");
		await("the message", () -> this.browser.all(".card .message").size() == 2);
		this.browser.one(".card .message.mail summary").click();
		this.browser.one(".card .silence summary").click();
		WebElement comment = this.browser.one(".card .comment input");
		comment.sendKeys("half-ty");
		double top = ((Number) this.browser.run("return arguments[0].getBoundingClientRect().top", comment))
			.doubleValue();
		this.stack.services().breakIt("orders-service", "broken");
		await("another card above",
				() -> this.browser.all(".card").size() == 2 && text(".card h3").startsWith("orders-service"));
		assertThat(this.browser.focused()).isEqualTo(comment);
		assertThat(
				((Number) this.browser.run("return arguments[0].getBoundingClientRect().top", comment)).doubleValue())
			.isBetween(top - 1, top + 1);
		this.browser.press("ped");
		assertThat(comment.getDomProperty("value")).isEqualTo("half-typed");
		assertThat(this.browser.one("#" + this.browser.all(".message.mail").get(1).getAttribute("id"))
			.getDomProperty("open")).isEqualTo("true");
		assertThat(this.browser
			.<String>run("return document.querySelectorAll('iframe')[1].contentDocument.body.innerText"))
			.contains("Too many requests fail.");
	}

	@Test
	void everythingHasANameAndAPlace() {
		this.stack.services().breakIt("orders-service", "broken");
		await("the card", () -> this.browser.all(".card .message").size() == 2);
		this.browser.openDetails("details");
		assertThat(this.browser.all("button, a, input, summary, iframe, article, section, nav")).isNotEmpty()
			.allSatisfy((element) -> assertThat(element.getAccessibleName()).as(element.getAttribute("outerHTML"))
				.isNotBlank());
		assertThat(this.browser.all("h1, h2, h3")).extracting(WebElement::getTagName)
			.containsExactly("h1", "h2", "h3", "h2", "h3");
		assertThat(this.browser.all("header#top, main, section#now, section#messages")).hasSize(4);
		assertThat(this.browser.one("#now-summary").getAriaRole()).isEqualTo("status");
		assertThat(this.browser.all(".alert .badge, .card .badge")).extracting(WebElement::getText)
			.containsOnly("Firing");
		List<String> ids = this.browser.run("return [...document.querySelectorAll('[id]')].map((e) => e.id)");
		assertThat(ids).doesNotHaveDuplicates();
	}

	@Test
	void textCanBeReadInBothColorSchemes() {
		this.stack.services().breakIt("orders-service", "broken");
		this.stack.services().breakIt("reports", "broken slow");
		await("the alerts", () -> this.browser.all(".alert").size() == 3 && !this.browser.all(".card").isEmpty());
		for (boolean dark : List.of(false, true)) {
			this.browser.look(Look.DESKTOP, dark);
			assertThat(this.browser.<List<String>>run(LOW_CONTRAST)).as(dark ? "dark" : "light").isEmpty();
		}
	}

	private static final String LOW_CONTRAST = """
			const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
			const luminance = (color) => rgb(color).slice(0, 3).map((c) => c / 255)
				.map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
				.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
			const background = (element) => {
				const color = getComputedStyle(element).backgroundColor;
				return rgb(color)[3] === 0 && element.parentElement ? background(element.parentElement) : color;
			};
			const low = [];
			for (const element of document.querySelectorAll('body *')) {
				const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
				if (!hasText || !element.checkVisibility()) {
					continue;
				}
				const [a, b] = [luminance(getComputedStyle(element).color), luminance(background(element))];
				const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
				if (contrast < 4.5) {
					low.push(element.outerHTML.slice(0, 100) + ': ' + contrast.toFixed(2));
				}
			}
			return low;
			""";

	@Test
	void hostileMessagesDoNothing() throws IOException {
		try (Listener listener = new Listener()) {
			String evil = """
					<meta http-equiv=refresh content="0;url=URL"><link rel=preconnect href="URL">
					<link rel=stylesheet href="URL"><style>@import "URL"; body { background: url(URL) }</style>
					<img src="URL" onerror="parent.document.title='hit'"><script>parent.document.title='hit'</script>
					<svg onload="parent.document.title='hit'"></svg><iframe src="URL"></iframe>
					<a href="javascript:parent.document.title='hit'" target=_self>click</a>
					<form action="URL"><button>go</button></form>""".replace("URL", listener.address());
			this.stack.inbox()
				.mail("Subject: " + evil.lines().findFirst().orElse("") + "\nContent-Type: text/html\n\n" + evil);
			this.stack.inbox()
				.slack("{\"text\":\"EVIL\",\"attachments\":[{\"title\":\"EVIL\",\"text\":\"EVIL\"}]}".replace("EVIL",
						evil.replace("\"", "'").replace("\n", " ")));
			await("both cards", () -> this.browser.all(".card").size() == 2);
			this.browser.openDetails("details");
			await("the frame", () -> this.browser
				.<Boolean>run("return Boolean(document.querySelector('iframe').contentDocument?.querySelector('a'))"));
			this.browser.run("document.querySelector('iframe').contentDocument.querySelector('a').click()");
			this.browser.sleep(Duration.ofSeconds(2));
			assertThat(this.browser.title()).isEqualTo("Alert inbox");
			assertThat(this.browser.<String>run("return location.pathname")).isEqualTo("/");
			assertThat(listener.connections()).isZero();
			assertThat(this.browser.all("script, .card img, .card svg, .card form, .card meta")).hasSize(1);
		}
	}

	/** The picture in the README, see CONTRIBUTING. */
	@Test
	void alertCanBeShownInAPicture() {
		this.stack.services().breakIt("inventory-service", "slow");
		this.stack.services().breakIt("orders-service", "broken");
		await("the alert", () -> text("#now-summary").equals("1 firing, 1 pending.")
				&& this.browser.all(".card .message").size() == 2);
		this.browser.look(Look.PICTURE, false);
		this.browser.sleep(Duration.ofSeconds(3));
		Path picture = SCREENSHOTS.resolve("alert.png");
		this.browser.screenshot(picture, this.browser.run("return {x: 0, y: 0, width: innerWidth, scale: 1,"
				+ " height: document.querySelector('.card').getBoundingClientRect().bottom + scrollY + 24}"));
		assertThat(picture).satisfies((file) -> assertThat(Files.size(file)).isLessThan(300_000));
	}

	@Test
	void runbooksLookTheSame() {
		this.browser.open(this.stack.inbox().page() + "runbooks/FlowForgeServiceDown.md");
		assertThat(text("h1")).isEqualTo("FlowForgeServiceDown");
		this.browser.look(Look.PHONE, false);
		assertThat(this.browser.whatScrolls()).isEmpty();
		pictures("runbook");
	}

	private String text(String css) {
		return this.browser.text(css);
	}

	private void await(String what, BooleanSupplier condition) {
		this.browser.await(what, condition);
	}

	private void pictures(String name) {
		for (Look look : List.of(Look.DESKTOP, Look.PHONE)) {
			for (boolean dark : List.of(false, true)) {
				this.browser.look(look, dark);
				this.browser.screenshot(
						SCREENSHOTS.resolve("%s-%s-%s.png".formatted(name, name(look), dark ? "dark" : "light")));
			}
		}
		this.browser.look(Look.DESKTOP, false);
	}

	private static String name(Look look) {
		return look.name().toLowerCase(Locale.ROOT);
	}

}
