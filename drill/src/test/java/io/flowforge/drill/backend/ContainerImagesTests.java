package io.flowforge.drill.backend;

import java.nio.file.Path;
import java.util.Map;

import io.flowforge.launcher.Repository;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ContainerImages}.
 */
class ContainerImagesTests {

	private static final String COMPOSE = """
			services:
			  prometheus:
			    image: ${PROMETHEUS_IMAGE:-prom/prometheus:v3.5.3${PROMETHEUS_DIGEST:-}}
			""";

	@Test
	void takesTheDefault() {
		assertThat(images(Map.of()).of("prometheus")).isEqualTo("prom/prometheus:v3.5.3");
	}

	@Test
	void takesTheValuesOfVariables() {
		assertThat(images(Map.of("PROMETHEUS_DIGEST", "@sha256:1")).of("prometheus"))
			.isEqualTo("prom/prometheus:v3.5.3@sha256:1");
		assertThat(images(Map.of("PROMETHEUS_IMAGE", "mine:1")).of("prometheus")).isEqualTo("mine:1");
	}

	@Test
	void namesWhatIsMissing() {
		assertThatThrownBy(() -> images(Map.of()).of("loki")).hasMessage("stack/compose.yaml has no image for loki.");
	}

	@Test
	void readsTheRepository() {
		ContainerImages images = ContainerImages.of(Repository.around(Path.of("")));
		assertThat(images.of("prometheus")).doesNotContain("$");
		assertThat(images.of("alertmanager")).doesNotContain("$");
	}

	private static ContainerImages images(Map<String, String> variables) {
		return ContainerImages.of(COMPOSE, (name) -> variables.getOrDefault(name, ""));
	}

}
