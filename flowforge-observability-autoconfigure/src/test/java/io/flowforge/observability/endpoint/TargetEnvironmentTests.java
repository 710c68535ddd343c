package io.flowforge.observability.endpoint;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.jetty.autoconfigure.actuate.web.server.JettyServletManagementContextAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is scraped as another environment than its telemetry says tells so.
 */
class TargetEnvironmentTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=prometheus,observability";

	private static final String OWNED = "flowforge.observability.service.team=checkout";

	private static final String MISMATCH = """
			Prometheus scrapes this service as environment "dev", but its traces and logs say "default": links in alerts \
			lead nowhere. Set this property to "dev", or the label environment of the target to "default".""";

	@Test
	void mismatchIsFoundOnTheServicesOwnPort() {
		try (TestService service = TestService.start(EXPOSED, OWNED)) {
			assertThat(findings(service::send)).isEmpty();
			assertThat(service.get("/actuator/prometheus?environment=dev")).contains("flowforge_service_info");
			assertThat(findings(service::send)).containsExactly(MISMATCH);
			// Somebody who looks at the metrics says nothing about the target.
			service.get("/actuator/prometheus");
			assertThat(findings(service::send)).containsExactly(MISMATCH);
		}
	}

	@Test
	void mismatchIsFoundOnAPortOfItsOwnBelowAnyPath() {
		try (TestService service = TestService.start(EXPOSED, OWNED,
				"spring.autoconfigure.exclude=" + JettyServletManagementContextAutoConfiguration.class.getName(),
				"management.server.port=0", "management.server.address=127.0.0.1",
				"management.endpoints.web.base-path=/", "management.endpoints.web.path-mapping.prometheus=metrics")) {
			HttpResponse<String> scrape = service.sendToManagementPort("/metrics?environment=dev");
			assertThat(scrape.body()).contains("flowforge_service_info");
			assertThat(findings((path) -> service.sendToManagementPort(path.replace("/actuator", ""))))
				.containsExactly(MISMATCH);
		}
	}

	@Test
	void onlyTheLastScrapeCountsAndAgreementIsNoFinding() {
		try (TestService service = TestService.start(EXPOSED, OWNED,
				"flowforge.observability.service.environment=staging")) {
			service.get("/actuator/prometheus?environment=dev");
			service.get("/actuator/prometheus?environment=prod%3Aeu/1");
			assertThat(findings(service::send)).singleElement()
				.asString()
				.contains("as environment \"prod:eu/1\", but its traces and logs say \"staging\"");
			service.get("/actuator/prometheus?environment=staging");
			assertThat(findings(service::send)).isEmpty();
		}
	}

	@Test
	void onlyAScrapeCounts() {
		try (TestService service = TestService.start(EXPOSED, OWNED)) {
			service.get("/hello?environment=dev");
			service.get("/actuator/observability?environment=dev");
			assertThat(findings(service::send)).isEmpty();
		}
	}

	@Test
	void whatIsNoNameIsNotKept() {
		try (TestService service = TestService.start(EXPOSED, OWNED)) {
			for (String environment : List.of("", "a".repeat(101), "<script>", "a\"b", "a\nb", "a\u202eb", "{{.}}")) {
				assertThat(service
					.send("/actuator/prometheus?environment=" + URLEncoder.encode(environment, StandardCharsets.UTF_8))
					.statusCode()).isEqualTo(200);
				assertThat(findings(service::send)).as(environment).isEmpty();
			}
			assertThat(service.send("/actuator/prometheus?environment=a&environment=b").statusCode()).isEqualTo(200);
			assertThat(findings(service::send)).isEmpty();
			service.get("/actuator/prometheus?environment=" + "a".repeat(100));
			assertThat(findings(service::send)).hasSize(1);
		}
	}

	@Test
	void nobodyLooksWhereNobodyCanAsk() {
		try (TestService service = TestService.start()) {
			assertThat(service.context().getBeansOfType(TargetEnvironment.class)).isEmpty();
		}
		try (TestService service = TestService.start(EXPOSED, "flowforge.observability.enabled=false")) {
			assertThat(service.context().getBeansOfType(OperationInvokerAdvisor.class))
				.doesNotContainKey("flowforgeTargetEnvironment");
			assertThat(service.get("/actuator/prometheus?environment=dev")).contains("jvm_memory_used_bytes");
		}
	}

	private static List<String> findings(Function<String, HttpResponse<String>> service) {
		return JsonMapper.shared()
			.readTree(service.apply("/actuator/observability").body())
			.at("/findings")
			.valueStream()
			.filter((
					finding) -> finding.at("/subject").asString().equals("flowforge.observability.service.environment"))
			.map((finding) -> finding.at("/message").asString())
			.toList();
	}

}
