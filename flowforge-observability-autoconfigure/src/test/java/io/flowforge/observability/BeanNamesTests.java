package io.flowforge.observability;

import io.flowforge.observability.testing.LibraryBeans;
import io.flowforge.observability.testing.TestService;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service may give its own beans any name that does not start with {@code flowforge}.
 */
class BeanNamesTests {

	private static final String[] NAMES = { "samplerCustomizer", "spanExporters", "batchSpanProcessor", "producedSpans",
			"openTelemetryResource", "serviceIdentity", "healthPoller", "logExport", "accessLog",
			"webMvcObservationFilter", "observabilityEndpoint", "targetEnvironment", "ownerFindings" };

	@Test
	void serviceWithBeansOfOtherTypesAndLikelyNamesStarts() {
		try (TestService service = TestService.start(new Class<?>[] { Beans.class })) {
			assertThat(service.context().getBeansOfType(String.class)).containsKeys(NAMES);
			assertThat(service.scrape()).contains("flowforge_service_info{");
		}
	}

	@Test
	void namesOfThisLibraryHaveItsPrefix() {
		try (TestService service = TestService.start("management.endpoints.web.exposure.include=observability")) {
			assertThat(LibraryBeans.in(service.context())).hasSizeGreaterThan(40)
				.contains("flowforgeObservabilityEndpoint", "flowforgeSamplerCustomizer");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Registrar.class)
	static class Beans {

	}

	static class Registrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			for (String name : NAMES) {
				registry.registerBeanDefinition(name,
						new RootBeanDefinition(String.class, () -> StringUtils.capitalize(name)));
			}
		}

	}

}
