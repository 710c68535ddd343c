package io.flowforge.observability.endpoint;

import io.flowforge.observability.identity.IdentityAutoConfiguration;
import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link io.flowforge.observability.endpoint.EndpointAutoConfiguration}.
 */
class EndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=observability";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(io.flowforge.observability.endpoint.EndpointAutoConfiguration.class,
				IdentityAutoConfiguration.class, EndpointAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "management.endpoints.jmx.exposure.include=*",
				"spring.jmx.enabled=true");

	@Test
	void answersWithoutExport() {
		this.runner.run((context) -> {
			ObservabilityEndpoint.Description description = context.getBean(ObservabilityEndpoint.class)
				.observability();
			assertThat(description.signals().values()).hasSize(2).allMatch((signal) -> signal.state().equals("off"));
			assertThat(description.findings()).anyMatch((finding) -> finding.message().contains("not exported"));
		});
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void backsOffWhenNotAvailable() {
		this.runner.withPropertyValues("management.endpoint.observability.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ObservabilityEndpoint.class)
				.doesNotHaveBean(TargetEnvironment.class));
	}

	@Test
	void backsOffWhenActuatorIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ObservabilityEndpoint.class));
	}

	@Test
	void backsOffWithoutIdentity() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(io.flowforge.observability.endpoint.EndpointAutoConfiguration.class))
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry", "org.springframework.boot.opentelemetry" })
	void answersWhenOpenTelemetryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName)).run((context) -> {
			ObservabilityEndpoint.Description description = context.getBean(ObservabilityEndpoint.class)
				.observability();
			assertThat(description.service().application()).isEqualTo("orders");
			assertThat(description.signals().get("logs").state()).isEqualTo("off");
			assertThat(description.findings()).anyMatch(
					(finding) -> finding.message().contains("Add the dependency flowforge-observability-starter"));
		});
	}

	@Test
	void answersAndSaysSoWhenOpenTelemetryIsOff() {
		try (TestService service = TestService.start(EXPOSED, "management.opentelemetry.enabled=false",
				"flowforge.observability.service.team=payments")) {
			JsonNode description = JsonMapper.shared().readTree(service.get("/actuator/observability"));
			assertThat(description.at("/service/team").asString()).isEqualTo("payments");
			assertThat(description.at("/signals/traces/state").asString()).isEqualTo("off");
			assertThat(description.at("/signals/logs/state").asString()).isEqualTo("off");
			assertThat(description.at("/findings").valueStream())
				.filteredOn((finding) -> finding.at("/subject").asString().equals("management.opentelemetry.enabled"))
				.singleElement()
				.satisfies((finding) -> assertThat(finding.at("/message").asString()).contains("OpenTelemetry is off"));
		}
	}

}
