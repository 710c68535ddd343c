package io.flowforge.observability.identity;

import java.util.Properties;
import java.util.UUID;

import io.flowforge.observability.ServiceIdentity;
import io.flowforge.observability.limits.AlertsProperties;
import io.flowforge.observability.testing.LibraryBeans;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdentityAutoConfiguration}.
 */
class IdentityAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IdentityAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders");

	@Test
	void defaultsWhenNothingIsKnown() {
		this.runner.run((context) -> {
			ServiceIdentity identity = context.getBean(ServiceIdentity.class);
			assertThat(identity.application()).isEqualTo("orders");
			assertThat(identity.environment()).isEqualTo("default");
			assertThat(identity.team()).isEqualTo("unowned");
			assertThat(identity.version()).isNull();
			assertThat(UUID.fromString(identity.instanceId())).isNotNull();
			this.runner.run((second) -> assertThat(second.getBean(ServiceIdentity.class)).isEqualTo(identity));
		});
	}

	@Test
	void placeOfTheServiceCanBeLeftOut() {
		this.runner
			.withPropertyValues("HOSTNAME=web-1", "POD_UID=pod-1", "spring.main.cloud-platform=kubernetes",
					"flowforge.observability.resource.platform-attributes=false")
			.run((context) -> {
				assertThat(context.getBean(Resource.class).getAttributes().asMap().keySet())
					.extracting(AttributeKey::getKey)
					.noneMatch((name) -> name.matches("(host|container|k8s)\\..*"));
				assertThat(context.getBean(ServiceIdentity.class).instanceId()).isNotEqualTo("pod-1");
			});
	}

	// A build server has a NODE_NAME, too.
	@Test
	void variablesOfAPodCountOnKubernetesOnly() {
		this.runner.withPropertyValues("NODE_NAME=agent-7", "spring.main.cloud-platform=none")
			.run((context) -> assertThat(context.getBean(Resource.class).getAttributes().asMap())
				.doesNotContainKey(AttributeKey.stringKey("k8s.node.name")));
	}

	@Test
	void versionComesFromBuildInfo() {
		Properties build = new Properties();
		build.setProperty("version", "4.5.6");
		this.runner.withBean(BuildProperties.class, () -> new BuildProperties(build))
			.run((context) -> assertThat(context.getBean(ServiceIdentity.class).version()).isEqualTo("4.5.6"));
	}

	@Test
	void resourceAttributesTellWhereItRuns() {
		this.runner
			.withPropertyValues("spring.profiles.active=local",
					"management.opentelemetry.resource-attributes[deployment.environment.name]=production",
					"management.opentelemetry.resource-attributes[service.version]=7",
					"management.opentelemetry.resource-attributes[service.instance.id]=pod-1")
			.run((context) -> {
				ServiceIdentity identity = context.getBean(ServiceIdentity.class);
				assertThat(identity.environment()).isEqualTo("production");
				assertThat(identity.version()).isEqualTo("7");
				assertThat(identity.instanceId()).isEqualTo("pod-1");
			});
	}

	@Test
	void propertiesOfOursWinAndReachTheResource() {
		this.runner
			.withPropertyValues("flowforge.observability.service.environment=staging",
					"management.opentelemetry.resource-attributes[deployment.environment.name]=production",
					"management.opentelemetry.resource-attributes[cloud.region]=eu-1")
			.run((context) -> {
				assertThat(context.getBean(ServiceIdentity.class).environment()).isEqualTo("staging");
				assertThat(context.getBean(Resource.class).getAttributes().asMap())
					.containsEntry(AttributeKey.stringKey("deployment.environment.name"), "staging")
					.containsEntry(AttributeKey.stringKey("cloud.region"), "eu-1")
					.containsEntry(AttributeKey.stringKey("service.name"), "orders");
			});
	}

	@Test
	void backsOffWhenTheUserHasAnIdentityOrAResource() {
		ServiceIdentity identity = new ServiceIdentity("a", "b", "c", null, "d");
		this.runner.withBean(ServiceIdentity.class, () -> identity)
			.withBean(Resource.class, Resource::empty)
			.run((context) -> {
				assertThat(context.getBean(ServiceIdentity.class)).isSameAs(identity);
				assertThat(context.getBean(Resource.class)).isEqualTo(Resource.empty());
			});
	}

	@Test
	void identityAndOwnerDoNotNeedOpenTelemetry() {
		this.runner
			.withClassLoader(new FilteredClassLoader("io.opentelemetry", "org.springframework.boot.opentelemetry"))
			.withPropertyValues("flowforge.observability.service.team=checkout")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(Resource.class);
				assertThat(context.getBean(ServiceIdentity.class).application()).isEqualTo("orders");
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				assertThat(registry.get("flowforge.service.info").tag("team", "checkout").gauge().value()).isEqualTo(1);
			});
	}

	@Test
	void emptySlackChannelIsNone() {
		this.runner.withPropertyValues("flowforge.observability.alerts.slack-channel=")
			.run((context) -> assertThat(context.getBean(AlertsProperties.class).getSlackChannel()).isNull());
	}

	@Test
	void nothingWhenTheLibraryIsOff() {
		this.runner.withPropertyValues("flowforge.observability.enabled=false")
			.run((context) -> assertThat(LibraryBeans.in(context)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.opentelemetry", "org.springframework.boot.opentelemetry" })
	void identityStaysWhenOpenTelemetryIsMissing(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.withPropertyValues("flowforge.observability.service.team=checkout")
			.run((context) -> {
				assertThat(context.getBean(ServiceIdentity.class).team()).isEqualTo("checkout");
				assertThat(context.getBeansOfType(MeterBinder.class)).containsOnlyKeys("flowforgeServiceInfoMetrics",
						"flowforgeServiceVersionMetrics");
			});
	}

	@Test
	void metricsBackOffWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(ServiceIdentity.class)
				.hasSingleBean(Resource.class)
				.doesNotHaveBean("flowforgeServiceInfoMetrics"));
	}

	@Test
	void resourceOfTheUserWithoutIdentityIsAFinding() {
		this.runner.withPropertyValues("flowforge.observability.service.team=checkout")
			.run((context) -> assertThat(LibraryBeans.findings(context)).isEmpty());
		this.runner.withPropertyValues("flowforge.observability.service.team=checkout")
			.withBean("openTelemetryResource", Resource.class, Resource::empty)
			.run((context) -> assertThat(LibraryBeans.findings(context)).singleElement()
				.asString()
				.contains("has no deployment.environment.name, flowforge.team"));
	}

}
