package io.flowforge.observability.redaction;

import io.flowforge.observability.testing.LibraryBeans;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedactionAutoConfiguration}.
 */
class RedactionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RedactionAutoConfiguration.class));

	@Test
	void missingDefaultKeysAreAFinding() {
		this.runner.withPropertyValues("flowforge.observability.redaction.keys=password,iban")
			.run((context) -> assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.contains("authorization, cookie, token, secret, api-key"));
	}

	@Test
	void missingDefaultUrlParametersAreAFinding() {
		this.runner.withPropertyValues("flowforge.observability.redaction.url-parameters=sig,Signature,X-Amz-*,code")
			.run((context) -> assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.contains("AWSAccessKeyId, X-Goog-*, GoogleAccessId, JSESSIONID"));
	}

	@Test
	void blankUrlParametersAreRefused() {
		this.runner.withPropertyValues("flowforge.observability.redaction.url-parameters=sig,-")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("redaction.url-parameters must be a list of names, none of them blank"));
	}

	@Test
	void tagsHaveNoSecretsAndClientRequestsNoQuery() {
		this.runner.run((context) -> {
			assertThat(uriOf(context, "http.client.requests", "/orders?page=2&token=s#top")).isEqualTo("/orders");
			assertThat(uriOf(context, "http.client.requests.active", "/orders?page=2")).isEqualTo("/orders");
			assertThat(uriOf(context, "http.client.requests", "/http://u:p@host/")).isEqualTo("/http://host/");
			assertThat(uriOf(context, "calls", "/orders?page=2&token=s")).isEqualTo("/orders?page=2&token=[redacted]");
		});
	}

	@Test
	void timerOfClientRequestsMayHaveAnotherName() {
		this.runner.withPropertyValues("management.observations.http.client.requests.name=calls")
			.run((context) -> assertThat(uriOf(context, "calls", "/orders?page=2")).isEqualTo("/orders"));
	}

	@Test
	void queryStaysWhenTheServiceHasAConventionOfItsOwn() {
		this.runner.withBean(ClientRequestObservationConvention.class, DefaultClientRequestObservationConvention::new)
			.run((context) -> assertThat(uriOf(context, "http.client.requests", "/orders?page=2&token=s"))
				.isEqualTo("/orders?page=2&token=[redacted]"));
	}

	@Test
	void tagsStayAsTheyAreWhenNothingIsSecret() {
		this.runner.withPropertyValues("flowforge.observability.redaction.keys=")
			.run((context) -> assertThat(uriOf(context, "http.client.requests", "/orders?token=s"))
				.isEqualTo("/orders?token=s"));
	}

	private static String uriOf(ApplicationContext context, String meter, String uri) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		context.getBeanProvider(MeterFilter.class).orderedStream().forEach(registry.config()::meterFilter);
		return registry.timer(meter, "uri", uri).getId().getTag("uri");
	}

	@Test
	void backsOffWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@Test
	void needsNeitherLogbackNorOpenTelemetryNorMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("ch.qos.logback", "io.opentelemetry", "io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(RedactionProperties.class)
				.hasSingleBean(RedactionFindings.class));
	}

}
