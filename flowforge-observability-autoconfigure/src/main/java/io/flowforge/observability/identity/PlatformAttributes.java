package io.flowforge.observability.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Resource attributes of the place where this process runs: its host, its container and
 * its Kubernetes pod. Only variables and small local files are read; a question to a name
 * server or to a cloud might never be answered.
 */
final class PlatformAttributes {

	static final String POD_UID = "k8s.pod.uid";

	private static final String CONTAINER_NAME = "k8s.container.name";

	private static final String NAMESPACE = "k8s.namespace.name";

	// Usual names for what a pod's downward API hands to its containers. Kubernetes
	// itself sets none of them.
	private static final Map<String, String> DOWNWARD_API = Map.of("POD_UID", POD_UID, "POD_NAME", "k8s.pod.name",
			"POD_NAMESPACE", NAMESPACE, "NODE_NAME", "k8s.node.name", "CONTAINER_NAME", CONTAINER_NAME);

	private static final Path NAMESPACE_FILE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

	private static final Path HOST_NAME_FILE = Path.of("/proc/sys/kernel/hostname");

	private PlatformAttributes() {
	}

	/**
	 * Return what can be known without being asked over a network.
	 * @param environment the environment of the service
	 * @return the attributes, none if the service does not want them
	 */
	static Map<String, String> in(Environment environment) {
		Map<String, String> attributes = new HashMap<>();
		if (ResourceProperties.of(environment).platformAttributes()) {
			Container container = Container.current();
			put(attributes, "host.name", hostName(environment));
			put(attributes, "container.id", container.id());
			put(attributes, POD_UID, container.podUid());
			put(attributes, CONTAINER_NAME, container.podContainer());
			put(attributes, NAMESPACE, content(NAMESPACE_FILE));
			attributes.putAll(ofDownwardApi(environment));
		}
		return attributes;
	}

	/**
	 * Return what identifies this process, also after a restart: the uid of its pod, else
	 * the id of its container.
	 * @param environment the environment of the service
	 * @return the id, {@code null} if there is none or the service does not want it
	 */
	static @Nullable String instanceId(Environment environment) {
		if (!ResourceProperties.of(environment).platformAttributes()) {
			return null;
		}
		String podUid = ofDownwardApi(environment).get(POD_UID);
		// Several instances may share a container, such as one for development. The first
		// process in a container is what the container is for.
		if (podUid != null || ProcessHandle.current().pid() != 1) {
			return podUid;
		}
		Container container = Container.current();
		return (container.podUid() != null) ? container.podUid() : container.id();
	}

	// On Kubernetes only: a build server has a NODE_NAME, too.
	private static Map<String, String> ofDownwardApi(Environment environment) {
		Map<String, String> attributes = new HashMap<>();
		if (CloudPlatform.KUBERNETES.isActive(environment)) {
			DOWNWARD_API
				.forEach((variable, attribute) -> put(attributes, attribute, environment.getProperty(variable)));
		}
		return attributes;
	}

	private static @Nullable String hostName(Environment environment) {
		String name = environment.getProperty("HOSTNAME");
		if (!StringUtils.hasText(name)) {
			name = content(HOST_NAME_FILE);
		}
		return StringUtils.hasText(name) ? name : environment.getProperty("COMPUTERNAME");
	}

	private static @Nullable String content(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file).strip() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void put(Map<String, String> attributes, String name, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			attributes.put(name, value);
		}
	}

}
