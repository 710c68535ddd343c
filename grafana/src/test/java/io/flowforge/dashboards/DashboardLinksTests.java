package io.flowforge.dashboards;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links in dashboards name what they are about, down to the cluster.
 */
class DashboardLinksTests {

	private static Stream<String> links(String dashboard) {
		return Dashboards.models()
			.stream()
			.filter((model) -> model.path("uid").asString().equals(dashboard))
			.flatMap((model) -> model.path("panels").findValues("url").stream())
			.map(JsonNode::asString);
	}

	@Test
	void alertmanagerFindsAnAlertByItsServiceAndItsOwnMatchers() {
		List<String> links = links(ServiceDashboard.UID).filter((link) -> link.startsWith("${alertmanager_url}"))
			.toList();
		assertThat(links).hasSize(2)
			.allSatisfy((link) -> assertThat(
					filled(link, Map.of("__value.raw:percentencode", "alertname%3D%22Down%22%2Ccluster%3D%22east%22")))
				.endsWith("{alertname=\"Down\",cluster=\"east\",environment=\"prod\",application=\"orders\"}"))
			.allSatisfy(
					(link) -> assertThat(filled(link, Map.of("__value.raw:percentencode", "alertname%3D%22Down%22")))
						.endsWith("{alertname=\"Down\",environment=\"prod\",application=\"orders\"}"));
		assertThat(links).anyMatch((link) -> link.contains("/#/silences/new?filter="));
	}

	// As Grafana fills them in.
	private static String filled(String link, Map<String, String> value) {
		String text = link.replace("${environment:percentencode}", "prod")
			.replace("${application:percentencode}", "orders");
		for (Map.Entry<String, String> each : value.entrySet()) {
			text = text.replace("${" + each.getKey() + "}", each.getValue());
		}
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	// The same service may be in another cluster, where it has nothing to do with this.
	@Test
	void clusterStaysChosen() {
		assertThat(Stream.concat(links(ServiceDashboard.UID), links(ServicesDashboard.UID))
			.filter((link) -> link.startsWith("/d/" + ServiceDashboard.UID))
			.filter((link) -> !link.contains("var-application=${__field.labels."))).hasSize(5)
			.allMatch((link) -> link.contains("${cluster:queryparam}"));
	}

}
