package io.flowforge.samples.inbox.now;

import java.net.URI;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Prometheus and Alertmanager are.
 *
 * @param prometheusUrl address of Prometheus, with its path prefix if it has one
 * @param alertmanagerUrls addresses of the Alertmanagers of one cluster; the first that
 * answers is used
 */
@ConfigurationProperties("inbox")
record BackendProperties(URI prometheusUrl, List<URI> alertmanagerUrls) {

	BackendProperties {
		alertmanagerUrls = List.copyOf(alertmanagerUrls);
	}

}
