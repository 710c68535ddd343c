package io.flowforge.samples.inbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A runbook is about the service of the alert that links to it.
 */
class RunbooksTests {

	private final MockMvcTester mvc;

	RunbooksTests() throws IOException {
		this.mvc = MockMvcTester.of(new RunbooksController(URI.create("https://prometheus.example/")));
	}

	@Test
	void queriesAreAboutTheServiceOfTheAlert() {
		Document page = page("?application=payments&environment=prod-eu");
		assertThat(page.select(".subject").text()).isEqualTo("For payments (prod-eu)");
		assertThat(page.select("code").text())
			.contains("application=\"payments\", environment=\"prod-eu\"", "service_name=\"payments\"")
			.doesNotContain("\"orders-service\"", "\"demo\"");
	}

	@Test
	void oneClickAsksPrometheusForAQuery() {
		String link = page("?application=a%20%26%20b&environment=prod").select(".ask a").first().attr("href");
		assertThat(link).startsWith("https://prometheus.example/graph?g0.tab=0&g0.range_input=1h&g0.expr=topk%2810%2C")
			.contains("application%3D%22a%20%26%20b%22%2C%20environment%3D%22prod%22");
	}

	@Test
	void withoutAServiceTheyAreAboutTheSample() {
		Document page = page("");
		assertThat(page.select(".subject")).isEmpty();
		assertThat(page.select("code").text()).contains("application=\"orders-service\", environment=\"demo\"");
		assertThat(page.select(".ask a")).hasSameSizeAs(page.select(".language-promql"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "?application=%22%7D%20or%20up%7Bx%3D%22&environment=%5C",
			"?application=%3Cscript%3Ealert(1)%3C/script%3E&environment=%3Cb%3E" })
	void nameStaysAName(String parameters) {
		Document page = page(parameters);
		assertThat(page.select("script, b")).isEmpty();
		assertThat(page.select(".language-promql").first().text())
			.matches("(?s).*application=\"([^\"\\\\]|\\\\.)*\", environment=\"([^\"\\\\]|\\\\.)*\".*");
	}

	private Document page(String parameters) {
		MvcTestResult result = this.mvc.get()
			.uri(URI.create("/runbooks/FlowForgeHighErrorRatio.md" + parameters))
			.exchange();
		assertThat(result).hasStatusOk();
		return Jsoup.parse(new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8));
	}

}
